import * as v from 'valibot';
import type { BodySchema } from '../../lambdas/core/http/route.ts';

/** Values that some field of some request takes, and others that none does. */
export const FIELD_VALUES: readonly unknown[] = [
  null,
  true,
  5,
  '',
  'x',
  'two\nlines',
  'x'.repeat(1000),
  'ada@example.com',
  ['ada@example.com', 'Bob <bob@example.com>'],
  'example.com',
  'https://hooks.example.org/',
  'live',
  'test',
  'send',
  'full',
  'enabled',
  'email.sent',
  'TRANSACTIONAL',
  ['email.sent'],
  ['email.sent', 'email.sent'],
  [],
  {},
];

/** The schema of each field of a body. */
export const fieldsOf = (schema: BodySchema) =>
  schema.pipe[0].entries as Readonly<Record<string, v.GenericSchema>>;

/** A body that a route takes, with a value for each field that has one. @throws Error where there is none */
export function exampleBody(schema: BodySchema): Record<string, unknown> {
  const fields = Object.entries(fieldsOf(schema)).flatMap(([name, field]) => {
    const fitting = FIELD_VALUES.filter((value) => value !== null && v.is(field, value));
    return fitting.length > 0 ? [[name, fitting[0]] as const] : [];
  });
  const body = Object.fromEntries(fields);
  if (v.is(schema, body)) return body;
  throw new Error(`No body was found: ${JSON.stringify(v.safeParse(schema, body).issues)}`);
}
