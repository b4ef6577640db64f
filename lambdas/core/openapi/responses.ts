import type { GenericSchema } from 'valibot';
import { type ErrorName, statusOfError } from '../http/refusal.ts';
import type { Route } from '../http/route.ts';
import type { JsonObject } from './json.ts';
import { refusalsOf, WHEN } from './refusals.ts';
import { jsonSchemaOf, type NamedSchemas } from './schemas.ts';

const count = (description: string, minimum: number) => ({
  description,
  schema: { type: 'integer', minimum },
});

/** Headers of answers. HTTP sends their values as text. */
export const HEADERS: JsonObject = {
  'X-RateLimit-Limit': count('Requests that the caller may send per second.', 1),
  'X-RateLimit-Remaining': count('Requests that the caller may still send in this second.', 0),
  'Retry-After': count('Seconds to wait before sending the request again.', 1),
  'Idempotent-Replayed': {
    description: 'Present when the response is a replay for the same key.',
    schema: { const: 'true' },
  },
  Allow: { description: 'The methods that the path allows.', schema: { type: 'string' } },
  'WWW-Authenticate': { description: 'How to authenticate.', schema: { const: 'Bearer' } },
};

/** References to some of {@link HEADERS}. */
function headers(...names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

const RATE = ['X-RateLimit-Limit', 'X-RateLimit-Remaining'] as const;

/** The headers of errors that not every answer to a known caller has. */
const OWN_HEADERS: Partial<Record<number, readonly string[]>> = {
  401: ['WWW-Authenticate'],
  405: [...RATE, 'Allow'],
  429: [...RATE, 'Retry-After'],
};

/** The answer to errors of one status. */
function refusalResponse(errors: readonly [ErrorName, ...ErrorName[]]): JsonObject {
  const error = { enum: errors };
  const schema = {
    type: 'object',
    properties: { error, message: { type: 'string' } },
    required: ['error', 'message'],
    additionalProperties: false,
  };
  return {
    description: errors.map((each) => `\`${each}\`: ${WHEN[each]}`).join(' '),
    headers: headers(...(OWN_HEADERS[statusOfError(errors[0])] ?? RATE)),
    content: { 'application/json': { schema } },
  };
}

/** `Rate limit exceeded` → `RateLimitExceeded`; of several, the words of all. */
function nameOf(errors: readonly ErrorName[]): string {
  const upper = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  return errors.map((each) => each.split(' ').map(upper).join('')).join('Or');
}

/** The error answers of a document: each list of errors is written once. */
export type Refusals = {
  refer(errors: readonly ErrorName[]): JsonObject;
  /** Name → response, of all that was referred to. */
  readonly all: JsonObject;
};

/** Collects the error answers; what no route takes is among them from the start. */
export function namedRefusals(): Refusals {
  const all: Record<string, JsonObject> = {};
  const refer = ([first, ...others]: readonly ErrorName[]): JsonObject => {
    if (!first) throw new Error('An error answer needs an error.');
    const name = nameOf([first, ...others]);
    all[name] = refusalResponse([first, ...others]);
    return { $ref: `#/components/responses/${name}` };
  };
  refer(['Not found']);
  refer(['Method not allowed']);
  return { refer, all };
}

const SUCCESS: Readonly<Record<number, string>> = {
  200: 'OK.',
  201: 'Created.',
  202: 'Accepted for processing.',
  204: 'No content.',
};

function successResponse(
  status: number,
  schema: GenericSchema | null,
  { idempotent }: Route,
  schemas: NamedSchemas,
): JsonObject {
  const replayed = idempotent ? ['Idempotent-Replayed'] : [];
  const description = SUCCESS[status];
  if (!description) throw new Error(`Status ${status} is no success that this API has.`);
  const content = schema && {
    'application/json': { schema: schemas.refer(jsonSchemaOf(schema)) },
  };
  return { description, headers: headers(...RATE, ...replayed), ...(content ? { content } : {}) };
}

/** Status → answer, for every answer that our functions give to a route. */
export function responsesOf(route: Route, schemas: NamedSchemas, refusals: Refusals): JsonObject {
  const successes = Object.entries(route.answers).map(([status, schema]) => [
    status,
    successResponse(Number(status), schema, route, schemas),
  ]);
  const errors = [...refusalsOf(route)].map(([status, names]) => [status, refusals.refer(names)]);
  return Object.fromEntries([...successes, ...errors]);
}
