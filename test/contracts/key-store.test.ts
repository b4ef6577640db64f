import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApiKey, REVOKED_DAYS } from '../../lambdas/core/api-key/api-key.ts';
import { createWithinLimit, MOST_KEYS } from '../../lambdas/core/api-key/key-limit.ts';
import { apiKeyStore } from '../../lambdas/core/table/api-key-store.ts';
import { keyPlaces } from '../../lambdas/core/table/key-places.ts';
import { keys } from '../../lambdas/core/table/keys.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 0, 0, second)).toISOString();

const key = (id: string, more: Partial<ApiKey> = {}): ApiKey => ({
  id,
  account: 'owner',
  name: 'a key',
  environment: 'live',
  scope: 'send',
  last4: 'abcd',
  createdAt: at(0),
  ...more,
});

describe('API keys', () => {
  it('are read page by page, newest first, those of one moment too', async () => {
    const store = apiKeyStore(fixture.table);
    const made = (id: string, second: number) =>
      key(id, { account: 'pager', createdAt: at(second) });
    await atOnce(7, (i) => store.create(made(`paged-${i}`, Math.floor(i / 2))));
    const ids: string[] = [];
    let position: string | undefined;
    do {
      const page = await store.page('pager', { limit: 3, ...(position ? { position } : {}) });
      ids.push(...page.entries.map(({ id }) => id));
      position = page.position ?? undefined;
    } while (position);
    expect(ids).toEqual(Array.from({ length: 7 }, (_, i) => `paged-${6 - i}`));
    expect(await store.page('stranger', { limit: 3 })).toEqual({ entries: [], position: null });
  });

  it('are found many at once, without those that are not there', async () => {
    const store = apiKeyStore(fixture.table);
    await atOnce(3, (i) => store.create(key(`many-${i}`)));
    const found = await store.findAll(['many-2', 'none', 'many-0']);
    expect(found.map(({ id }) => id).sort()).toEqual(['many-0', 'many-2']);
    expect(await store.findAll([])).toEqual([]);
  });

  it('go by TTL, in epoch seconds, a month after they were first revoked', async () => {
    const store = apiKeyStore(fixture.table);
    await store.create(key('expiring'));
    const ttl = async () => {
      const read = new GetCommand({ TableName: fixture.table.name, Key: keys.apiKey('expiring') });
      return (await fixture.table.client.send(read)).Item?.ttl;
    };
    expect(await ttl()).toBeUndefined();
    await store.revoke('owner', 'expiring', at(1));
    await store.revoke('owner', 'expiring', at(9));
    expect(await ttl()).toBe(Date.parse(at(1)) / 1000 + REVOKED_DAYS * 24 * 3600);
  });

  it('remember their use once a minute, whoever comes first, and only where there is a key', async () => {
    const store = apiKeyStore(fixture.table);
    const note = (id: string, second: number) =>
      store.noteUse(id, at(second), new AbortController().signal);
    await store.create(key('used'));
    const noted = await atOnce(100, () => note('used', 0));
    expect(noted.filter(Boolean)).toHaveLength(1);
    expect(await note('used', 59)).toBe(false);
    expect((await store.find('used'))?.lastUsedAt).toBe(at(0));
    expect(await note('used', 60)).toBe(true);
    expect(await note('used', 30)).toBe(false);
    expect(await store.find('used')).toEqual(key('used', { lastUsedAt: at(60) }));
    expect(await note('forgotten', 0)).toBe(false);
    expect(await store.find('forgotten')).toBeUndefined();
  });

  it('give up noting a use when they are told to', async () => {
    const store = apiKeyStore(fixture.table);
    await store.create(key('unnoted'));
    await expect(store.noteUse('unnoted', at(0), AbortSignal.abort())).rejects.toThrow(/abort/i);
    expect((await store.find('unnoted'))?.lastUsedAt).toBeUndefined();
  });
});

describe('places of API keys', () => {
  const place = (i: number) => ({ id: `place-${i}`, createdAt: at(i % 60) });

  it('are never more than there may be, and one that is held can be taken again', async () => {
    const places = keyPlaces(fixture.table);
    const taken = await atOnce(20, (i) => places.take('crowd', place(i), 5));
    expect(taken.filter(Boolean)).toHaveLength(5);
    const again = await atOnce(20, (i) => places.take('crowd', place(i), 5));
    expect(again).toEqual(taken);
    const held = await places.list('crowd');
    const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
    const wanted = taken.flatMap((each, i) => (each ? [place(i)] : []));
    expect([...held].sort(byId)).toEqual(wanted.sort(byId));
  });

  it('are free again, all of them too, and freeing twice is fine', async () => {
    const places = keyPlaces(fixture.table);
    await atOnce(2, (i) => places.take('leaver', place(i), 2));
    expect(await places.take('leaver', place(2), 2)).toBe(false);
    await places.free('leaver', [place(0), place(7)]);
    expect(await places.list('leaver')).toEqual([place(1)]);
    expect(await places.take('leaver', place(2), 2)).toBe(true);
    for (let i = 0; i < 2; i += 1) await places.free('leaver', [place(1), place(2)]);
    expect(await places.list('leaver')).toEqual([]);
    expect(await places.take('leaver', place(3), 1)).toBe(true);
  });

  it('hold no more keys than an account may have, made at once or one after another', async () => {
    const deps = { apiKeys: apiKeyStore(fixture.table), keyPlaces: keyPlaces(fixture.table) };
    const now = Date.parse(at(0));
    const made = (id: string) => key(id, { account: 'full' });
    const kept = await atOnce(MOST_KEYS + 20, (i) =>
      createWithinLimit(deps, made(`kept-${i}`), now),
    );
    expect(kept.filter(Boolean)).toHaveLength(MOST_KEYS);
    expect(await deps.apiKeys.list('full')).toHaveLength(MOST_KEYS);
    expect(await createWithinLimit(deps, made('late'), now)).toBe(false);
    const one = kept.indexOf(true);
    await deps.apiKeys.revoke('full', `kept-${one}`, at(1));
    const raced = await atOnce(5, (i) => createWithinLimit(deps, made(`raced-${i}`), now));
    expect(raced.filter(Boolean)).toHaveLength(1);
    const all = await deps.apiKeys.list('full');
    expect(all.filter(({ revokedAt }) => revokedAt === undefined)).toHaveLength(MOST_KEYS);
  });

  it('of a key that was never made are free after five minutes, not before', async () => {
    const deps = { apiKeys: apiKeyStore(fixture.table), keyPlaces: keyPlaces(fixture.table) };
    await atOnce(MOST_KEYS, (i) =>
      deps.keyPlaces.take('leaky', { id: `lost-${i}`, createdAt: at(0) }, MOST_KEYS),
    );
    const made = key('after-all', { account: 'leaky' });
    const start = Date.parse(at(0));
    expect(await createWithinLimit(deps, made, start + 5 * 60_000)).toBe(false);
    expect(await createWithinLimit(deps, made, start + 5 * 60_000 + 1)).toBe(true);
    expect(await deps.keyPlaces.list('leaky')).toEqual([{ id: 'after-all', createdAt: at(0) }]);
  });
});
