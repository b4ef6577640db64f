import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountStore } from '../../lambdas/core/account/account.ts';
import type { ApiKey } from '../../lambdas/core/api-key/api-key.ts';
import type { routes } from '../../lambdas/manage-webhooks/route.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { anAccount, only } from '../core/email/fakes.ts';
import { aDelivery, hex24, URL_OK, webhookWorld } from './webhook-world.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

type Route = keyof typeof routes;

const BODIES: Partial<Record<Route, object>> = {
  create: { url: URL_OK },
  change: { description: 'changed' },
};
const ONE: readonly Route[] = [
  'one',
  'change',
  'rotate',
  'test',
  'deliveries',
  'delivery',
  'resend',
  'remove',
];

/** An account with an endpoint of an environment, which has one delivery. */
async function owned(environment: 'live' | 'test') {
  const world = webhookWorld(fixture.table);
  const { id } = await world.create({ environment });
  const delivery = aDelivery({ account: world.account, endpoint: id, environment });
  await world.deliveries.put(delivery, undefined);
  return { ...world, path: { id, deliveryId: delivery.id } };
}

/** What a key of the owner gets, by the endpoint's environment. */
async function statusOf(route: Route, key: Partial<ApiKey>, environment: 'live' | 'test') {
  const { as, path } = await owned(environment);
  const body = BODIES[route] && {
    ...BODIES[route],
    ...(route === 'create' ? { environment } : {}),
  };
  return (await as(key)(route, path, body ? { body } : {})).status;
}

describe('a key of the account', () => {
  const full = { scope: 'full' } as const;
  const KEYS: Record<string, Partial<ApiKey>> = {
    'live full': { ...full, environment: 'live' },
    'test full': { ...full, environment: 'test' },
    'live send': { scope: 'send', environment: 'live' },
    'test send': { scope: 'send', environment: 'test' },
    'live full bound': { ...full, environment: 'live', domain: 'example.com' },
    'test full bound': { ...full, environment: 'test', domain: 'example.com' },
    'live send bound': { scope: 'send', environment: 'live', domain: 'example.com' },
    'test send bound': { scope: 'send', environment: 'test', domain: 'example.com' },
  };
  // Written by hand: route, then for the keys live full and test full what they get of a live and of a test endpoint.
  const MATRIX: readonly [Route, number, number, number, number][] = [
    ['list', 200, 200, 200, 200],
    ['create', 201, 201, 403, 201],
    ['one', 200, 200, 404, 200],
    ['change', 200, 200, 404, 200],
    ['rotate', 200, 200, 404, 200],
    ['test', 202, 202, 404, 202],
    ['deliveries', 200, 200, 404, 200],
    ['delivery', 200, 200, 404, 200],
    ['resend', 202, 202, 404, 202],
    ['remove', 204, 204, 404, 204],
  ];

  it.each(MATRIX)(
    'with scope full gets at %s what its environment allows',
    async (route, ...wanted) => {
      const got = [];
      for (const key of ['live full', 'test full']) {
        for (const environment of ['live', 'test'] as const) {
          got.push(await statusOf(route, KEYS[key] ?? {}, environment));
        }
      }
      expect(got).toEqual(wanted);
    },
  );

  it.each(MATRIX.map(([route]) => route))(
    'without the scope, or bound to a domain, gets a 403 at %s that names the key to use',
    async (route) => {
      const { as, path } = await owned('test');
      for (const name of Object.keys(KEYS).filter((each) => /send|bound/.test(each))) {
        const body = BODIES[route];
        const answer = await as(KEYS[name])(route, path, body ? { body } : {});
        expect(answer).toMatchObject({ status: 403, body: { error: 'Forbidden' } });
        expect(answer.body.message).toContain("Use a key with the scope 'full'");
      }
    },
  );

  it('of the test environment sees the test endpoints only, and is told how to make one', async () => {
    const { as, create, path } = await owned('live');
    const { id } = await create({ environment: 'test' });
    const test = as({ environment: 'test' });
    const { data } = (await test('list')).body;
    expect(data.map((each: { id: string }) => each.id)).toEqual([id]);
    const refused = await test('create', {}, { body: { url: URL_OK } });
    expect(refused).toMatchObject({ status: 403, body: { error: 'Forbidden' } });
    expect(refused.body.message).toContain('"environment":"test"');
    expect(refused.body.message).toContain('ml_live_');
    expect((await as()('one', path)).status).toBe(200);
  });
});

describe('the id of another account', () => {
  it.each(ONE)('gets at %s the very answer of an id that does not exist', async (route) => {
    const mine = await owned('live');
    const theirs = await owned('live');
    const before = (await theirs.live('one', theirs.path)).text;
    const ask = (path: object) =>
      mine.live(route, path, BODIES[route] ? { body: BODIES[route] } : {});
    const foreign = await ask(theirs.path);
    expect(foreign).toMatchObject({ status: 404, body: { error: 'Not found' } });
    const others = [
      { id: hex24(), deliveryId: theirs.path.deliveryId },
      { id: theirs.path.id.toUpperCase(), deliveryId: theirs.path.deliveryId },
      { id: `${theirs.path.id}#`, deliveryId: 'x' },
      { id: 'x' },
    ];
    for (const path of others) expect((await ask(path)).text).toBe(foreign.text);
    expect((await theirs.live('one', theirs.path)).text).toBe(before);
    expect(mine.sent).toEqual([]);
    expect(theirs.sent).toEqual([]);
  });

  it.each(['delivery', 'resend'] as const)(
    'as a delivery of an own endpoint gets at %s the answer of one that does not exist',
    async (route) => {
      const mine = await owned('live');
      const theirs = await owned('live');
      const ask = (deliveryId: string) => mine.live(route, { id: mine.path.id, deliveryId });
      const foreign = await ask(theirs.path.deliveryId);
      expect(foreign).toMatchObject({ status: 404, body: { error: 'Not found' } });
      for (const id of [aDelivery({ account: '', endpoint: '' }).id, 'msg_x', '', 'health']) {
        expect((await ask(id)).text).toBe(foreign.text);
      }
      expect(mine.sent).toEqual([]);
    },
  );

  it('is in no list', async () => {
    const mine = webhookWorld(fixture.table);
    await owned('live');
    expect((await mine.live('list')).body.data).toEqual([]);
  });
});

describe('a suspended account', () => {
  it('may still read and manage its endpoints: what it may not do is send', async () => {
    const find = async (id: string) => anAccount({ id, status: 'suspended' });
    const accounts = only<AccountStore>('accounts', { find });
    const { live, create } = webhookWorld(fixture.table, { accounts });
    const path = { id: (await create()).id };
    for (const route of [
      'list',
      'one',
      'change',
      'rotate',
      'test',
      'deliveries',
      'remove',
    ] as const) {
      const { status } = await live(route, path, BODIES[route] ? { body: BODIES[route] } : {});
      expect(status).toBeLessThan(300);
    }
  });
});
