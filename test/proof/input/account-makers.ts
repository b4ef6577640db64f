import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { fromPool, type Maker, made, nextNumber, pool, type Shape } from './maker.ts';
import type { World } from './world.ts';

/** Query of a list: how much, or nothing. */
export const page: fc.Arbitrary<Shape> = fc.record({
  query: fc.oneof(
    fc.constant({}),
    fc.integer({ min: 1, max: 100 }).map((limit) => ({ limit: String(limit) })),
  ),
});
/** Nothing but the route. */
export const nothing: fc.Arbitrary<Shape> = fc.constant({});
/** What a body without a field may be. */
export const emptyBody: fc.Arbitrary<Shape> = fc.constantFrom({}, { body: {} });
const reader = fc.record({ key: fc.constantFrom('live' as const, 'test' as const) });

const newDomain = async ({ call, control }: World, isVerified: boolean) => {
  const name = `d${nextNumber()}.example`;
  await made(call('POST', 'domains', { name }), 201);
  if (isVerified) await control(`/_local/identities/${name}/verify`, 'POST');
  return name;
};
const domains = pool(6, (world) => newDomain(world, true));

const newSuppression = async ({ call }: World) => {
  const address = `s${nextNumber()}@example.com`;
  await made(call('POST', 'suppressions', { address }), 201);
  return address;
};
const suppressions = pool(6, newSuppression);

const newKey = async ({ call }: World) =>
  String((await made(call('POST', 'api-keys', { name: 'For a moment' }), 201)).id);
const idOf = (key: string) => createHash('sha256').update(key).digest('hex');

const recipients = pool(4, async ({ call, keys }: World) => {
  const address = `sandbox${nextNumber()}@example.com`;
  await made(call('POST', 'sending/recipients', { address }, keys.operator), 202);
  return address;
});

/** The local SES reviews one request at a time. */
const review = pool(1, async () => true);

const note = fc.constantFrom(undefined, null, 'Asked by phone', 'é 🚚', 'x'.repeat(200));
const operator = fc.constant('operator' as const);

/** Makers of what concerns an account: domains, suppressions, keys, how it stands, and SES's own account. */
export const ACCOUNT_MAKERS: Readonly<Record<string, Maker>> = {
  listDomains: { shape: page },
  addDomain: {
    shape: nothing,
    prepare: async () => ({ body: { name: `Added${nextNumber()}.example` } }),
  },
  getDomain: { shape: reader, prepare: fromPool(domains, (name) => ({ path: { name } })) },
  removeDomain: {
    shape: nothing,
    prepare: async (world) => ({ path: { name: await newDomain(world, false) } }),
  },
  verifyDomain: { shape: emptyBody, prepare: fromPool(domains, (name) => ({ path: { name } })) },
  listSuppressions: { shape: page },
  addSuppression: {
    shape: fc.record({ body: fc.record({ detail: note }) }),
    prepare: async () => ({ body: { address: `added${nextNumber()}@example.com` } }),
  },
  getSuppression: {
    shape: reader,
    prepare: fromPool(suppressions, (address) => ({ path: { address } })),
  },
  removeSuppression: {
    shape: nothing,
    prepare: async (world) => ({ path: { address: await newSuppression(world) } }),
  },
  listApiKeys: { shape: page },
  createApiKey: {
    shape: fc.record({
      body: fc.record(
        {
          name: fc.constantFrom('Shop', 'é 🚚', 'x'.repeat(100), ' spaces '),
          environment: fc.constantFrom('live', 'test', null),
          scope: fc.constantFrom('send', 'full', null),
          domain: fc.constantFrom('proof.example', 'PROOF.example.', null),
        },
        { requiredKeys: ['name'] },
      ),
    }),
    prepare: async ({ call }) => ({
      done: async ({ body }) => {
        if (typeof body.id === 'string') await call('DELETE', `api-keys/${body.id}`);
      },
    }),
  },
  revokeApiKey: {
    shape: nothing,
    prepare: async (world) => {
      const id = await newKey(world);
      return {
        path: { id },
        done: () => world.call('DELETE', `api-keys/${id}`),
      };
    },
  },
  getAccount: { shape: reader },
  listRequests: {
    shape: fc.record({
      query: fc.constantFrom({}, { status: '403' }, { limit: '5' }, { limit: '1', status: '400' }),
    }),
  },
  getStatistics: {
    shape: fc.record({
      query: fc.constantFrom({}, { days: '90' }, { days: '1', environment: 'live' }),
    }),
  },
  getOpenApiDocument: { shape: reader },
  verifySandboxRecipient: {
    shape: fc.record({ key: operator }),
    prepare: async () => ({ body: { address: `new${nextNumber()}@example.com` } }),
  },
  getSandboxRecipient: {
    shape: fc.record({ key: operator }),
    prepare: fromPool(recipients, (address) => ({ path: { address } })),
  },
  requestProductionAccess: {
    shape: fc.record({
      key: operator,
      body: fc.record(
        {
          mailType: fc.constantFrom('TRANSACTIONAL', 'MARKETING'),
          websiteUrl: fc.constantFrom('https://shop.example', 'http://shop.example/a?b=c'),
          useCaseDescription: fc.constantFrom('Receipts.', 'x'.repeat(5000)),
          additionalContactEmails: fc.constantFrom(
            null,
            ['ada@example.com'],
            ['a@b.example', 'c@d.example'],
          ),
        },
        { requiredKeys: ['mailType', 'websiteUrl', 'useCaseDescription'] },
      ),
    }),
    prepare: fromPool(review, async (_, { control }) => {
      await control('/_local/account', 'PUT', { review: null });
      return {};
    }),
  },
};

/** The id of a key's text. */
export { idOf };
