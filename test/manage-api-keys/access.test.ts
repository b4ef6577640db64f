import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiKey } from '../../lambdas/core/api-key/api-key.ts';
import type { Environment } from '../../lambdas/core/value/environment.ts';
import { keyId } from '../../lambdas/core/value/id.ts';
import { routes } from '../../lambdas/manage-api-keys/route.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { hex, keyWorld } from './key-world.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

type Route = keyof typeof routes;
const ROUTES = Object.keys(routes) as Route[];

/** What a key gets at a route that is about a key of an environment. */
async function ask(route: Route, key: Partial<ApiKey>, environment: Environment) {
  const { as, hold } = await keyWorld(fixture.table);
  const id = keyId(await hold({ environment }));
  return as(await hold(key))(route, { id, body: { name: 'n', environment } });
}

describe('a key', () => {
  // Written by hand: for the keys live full and test full, what they get of a live and of a test key.
  it.each<[Route, number, number, number, number]>([
    ['list', 200, 200, 200, 200],
    ['create', 201, 201, 403, 201],
    ['revoke', 204, 204, 404, 204],
  ])('with scope full gets at %s what its environment allows', async (route, ...wanted) => {
    const got = [];
    for (const own of ['live', 'test'] as const) {
      for (const environment of ['live', 'test'] as const) {
        got.push((await ask(route, { environment: own }, environment)).status);
      }
    }
    expect(got).toEqual(wanted);
  });

  it.each(ROUTES)('without the scope, or bound to a domain, gets a 403 at %s', async (route) => {
    for (const environment of ['live', 'test'] as const) {
      for (const key of [
        { scope: 'send' },
        { scope: 'send', domain: 'example.com' },
        { scope: 'full', domain: 'example.com' },
      ] as const) {
        const answer = await ask(route, { environment, ...key }, 'test');
        expect(answer).toMatchObject({ status: 403, body: { error: 'Forbidden' } });
        expect(answer.body.message).toContain("Use a key with the scope 'full'");
      }
    }
  });

  it('of the test environment sees test keys only, and is told how to make one', async () => {
    const { as, hold } = await keyWorld(fixture.table);
    const text = await hold({ environment: 'test' });
    const other = await hold({ environment: 'test' });
    const { data } = (await as(text)('list')).body;
    const ids = data.map((each: { id: string }) => each.id);
    expect(ids.sort()).toEqual([keyId(text), keyId(other)].sort());
    const refused = await as(text)('create', { body: { name: 'n' } });
    expect(refused).toMatchObject({ status: 403, body: { error: 'Forbidden' } });
    expect(refused.body.message).toContain('"environment":"test"');
    expect(refused.body.message).toContain('ml_live_');
  });

  it('of a suspended account may still manage keys: what it may not do is send', async () => {
    const { live, own } = await keyWorld(fixture.table, {}, 'suspended');
    expect((await live('create', { body: { name: 'n' } })).status).toBe(201);
    expect((await live('list')).status).toBe(200);
    expect((await live('revoke', { id: keyId(own) })).status).toBe(204);
  });
});

describe('the id of another account’s key', () => {
  it('gets the very answer of an id that does not exist, and the key goes on working', async () => {
    const theirs = await keyWorld(fixture.table);
    const mine = await keyWorld(fixture.table);
    const id = keyId(theirs.own);
    const foreign = await mine.live('revoke', { id });
    expect(foreign).toMatchObject({ status: 404, body: { error: 'Not found' } });
    for (const other of [hex(32), id.toUpperCase(), `${id}#`, theirs.own, 'x', '']) {
      expect((await mine.live('revoke', { id: other })).text).toBe(foreign.text);
    }
    expect((await theirs.live('list')).status).toBe(200);
  });

  it('is in no list', async () => {
    const theirs = await keyWorld(fixture.table);
    const mine = await keyWorld(fixture.table);
    const { data } = (await mine.live('list')).body;
    expect(data.map((each: { id: string }) => each.id)).toEqual([keyId(mine.own)]);
    expect((await theirs.live('list')).body.data).toHaveLength(1);
  });
});
