import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routes } from '../../lambdas/manage-suppressions/route.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { ADA, bounce, suppressionWorld } from './suppression-world.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

const world = (changes: Parameters<typeof suppressionWorld>[1] = {}) =>
  suppressionWorld(fixture.table, changes);

describe('access', () => {
  const ROUTES = Object.keys(routes) as (keyof typeof routes)[];
  // Written by hand: what a key of scope full gets, live and test.
  it.each<[keyof typeof routes, number, number]>([
    ['list', 200, 200],
    ['one', 200, 200],
    ['add', 200, 403],
    ['remove', 204, 403],
  ])('to %s is %i for a live key and %i for a test key', async (route, live, test) => {
    for (const [environment, status] of [
      ['test', test],
      ['live', live],
    ] as const) {
      const { as, account, suppressions } = world();
      await suppressions.add(account, bounce());
      const answer = await as({ environment })(route, { address: ADA, body: { address: ADA } });
      expect(answer.status).toBe(status);
      if (status !== 403) continue;
      expect(answer.body).toMatchObject({ error: 'Forbidden' });
      expect(answer.body.message).toContain('ml_live_');
    }
  });

  it.each(ROUTES)(
    'to %s is refused without the scope, and to a key of one domain',
    async (route) => {
      for (const environment of ['live', 'test'] as const) {
        for (const key of [
          { scope: 'send' },
          { scope: 'send', domain: 'example.com' },
          { scope: 'full', domain: 'example.com' },
        ] as const) {
          const answer = await world().as({ environment, ...key })(route, { address: ADA });
          expect(answer).toMatchObject({ status: 403, body: { error: 'Forbidden' } });
          expect(answer.body.message).toContain("Use a key with the scope 'full'");
        }
      }
    },
  );

  it.each(['one', 'remove'] as const)(
    'of %s to another account’s entry is the answer to none',
    async (route) => {
      const theirs = world();
      await theirs.suppressions.add(theirs.account, bounce());
      const { live } = world();
      const foreign = await live(route, { address: ADA });
      expect(foreign).toMatchObject({ status: 404, body: { error: 'Not found' } });
      for (const address of ['bob@example.com', 'ada', '', 'a b@example.com']) {
        expect((await live(route, { address })).text).toBe(foreign.text);
      }
      expect((await theirs.live('one', { address: ADA })).status).toBe(200);
    },
  );

  it('stays open to a suspended account', async () => {
    const { live } = world({ suspended: true });
    expect((await live('add', { body: { address: ADA } })).status).toBe(201);
    expect((await live('remove', { address: ADA })).status).toBe(204);
  });
});
