import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { querySchemaOf } from '../../lambdas/core/http/route.ts';
import { ALL_ROUTES } from '../../lambdas/routes.ts';
import { misfits, operationOf, resolve, type Schema } from './document.ts';
import { FIELD_VALUES, fieldsOf } from './example-body.ts';

const SEED = Date.now() % 2 ** 31;
console.log(`requests.test.ts: seed ${SEED}`);
const RUNS = { seed: SEED, numRuns: 2000 };

const bodySchemaOf = (operation: string): Schema => {
  const schema = operationOf(operation).requestBody?.content['application/json'].schema ?? {};
  return resolve<Schema>(schema);
};

const TEXTS = [
  ...['', '0', '1', '20', '101', 'x', 'queued', 'pending', '403', 'a@b.example', '2026'],
  ...['live', 'test'],
];

const withBody = ALL_ROUTES.flatMap(({ operation, body }) => (body ? [{ operation, body }] : []));
const withQuery = ALL_ROUTES.flatMap((route) => {
  const query = querySchemaOf(route);
  return query ? [{ operation: route.operation, query }] : [];
});

/** A field's value: mostly one that the field takes by itself, so that bodies are taken often enough. */
function fieldOf<Value>(entry: v.GenericSchema, pool: readonly Value[]): fc.Arbitrary<Value> {
  const any = fc.constantFrom(...pool);
  const fitting = pool.filter((value) => v.is(entry, value));
  if (fitting.length === 0) return any;
  return fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...fitting) }, any);
}

describe('a body that is taken', () => {
  it.each(withBody)('by $operation fits the document', ({ operation, body }) => {
    const schema = bodySchemaOf(operation);
    const fields = Object.fromEntries(
      Object.entries(fieldsOf(body)).map(([name, entry]) => [name, fieldOf(entry, FIELD_VALUES)]),
    );
    let taken = 0;
    fc.assert(
      fc.property(fc.record(fields, { requiredKeys: [] }), (value) => {
        if (!v.is(body, value)) return;
        taken += 1;
        expect(misfits(schema, value)).toEqual([]);
      }),
      RUNS,
    );
    expect(taken).toBeGreaterThan(0);
  });
});

describe('a query that is taken', () => {
  it.each(withQuery)('by $operation fits the document', ({ operation, query }) => {
    const parameters = operationOf(operation).parameters.filter((each) => each.in === 'query');
    const fields = Object.fromEntries(
      Object.entries(fieldsOf(query)).map(([name, entry]) => [name, fieldOf(entry, TEXTS)]),
    );
    let taken = 0;
    fc.assert(
      fc.property(fc.record(fields, { requiredKeys: [] }), (value) => {
        if (!v.is(query, value)) return;
        taken += 1;
        for (const { name, schema } of parameters) {
          const text = value[name];
          if (text === undefined) continue;
          expect(misfits(schema, schema.type === 'integer' ? Number(text) : text)).toEqual([]);
        }
      }),
      RUNS,
    );
    expect(taken).toBeGreaterThan(0);
  });
});

describe('a body that is refused', () => {
  const mail = { from: 'shop@example.com', to: 'ada@example.org', subject: 'Hello' };
  // Rules that are functions in the handlers' schemas and would be lost without a word beside them.
  it.each([
    ['sendEmail', mail],
    ['sendEmail', { ...mail, html: null, text: null }],
    ['sendEmail', { ...mail, text: 'Hi', reply_to: 'x@example.com' }],
    ['changeWebhook', {}],
    ['createWebhook', { url: 'https://x.example/', events: ['email.sent', 'email.sent'] }],
  ])('by %s for a rule of its own is refused by the document: %j', (operation, value) => {
    const route = ALL_ROUTES.find((each) => each.operation === operation);
    expect(route?.body && v.is(route.body, value)).toBe(false);
    expect(misfits(bodySchemaOf(operation), value)).not.toEqual([]);
  });

  it('is taken again once it keeps the rule', () => {
    expect(misfits(bodySchemaOf('sendEmail'), { ...mail, html: null, text: 'Hi' })).toEqual([]);
    expect(misfits(bodySchemaOf('changeWebhook'), { description: null })).toEqual([]);
  });
});
