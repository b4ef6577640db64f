import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { keys } from '../../lambdas/core/table/keys.ts';
import { laneStore } from '../../lambdas/core/table/lane-store.ts';
import type { LaneStore } from '../../lambdas/core/webhook/health.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';
import { NOW } from './webhooks.ts';

let fixture: TestTable;
let store: LaneStore;
beforeAll(async () => {
  fixture = await startTable();
  store = laneStore(fixture.table);
});
afterAll(() => fixture.stop());
beforeEach(async () => {
  const { client, name } = fixture.table;
  await client.send(new DeleteCommand({ TableName: name, Key: keys.lanes() }));
});

const LEASE = 30_000;
const take = (count: number, owner: string, now = NOW) =>
  store.take(count, { owner, since: now, until: now + LEASE }, now);

describe('lanes', () => {
  it('are given one by one until all are taken', async () => {
    expect(await take(2, 'one')).toBe(0);
    expect(await take(2, 'two')).toBe(1);
    expect(await take(2, 'three')).toBeUndefined();
    expect(await take(3, 'three')).toBe(2);
  });

  it('are none when their count is none', async () => {
    expect(await take(0, 'one')).toBeUndefined();
  });

  it('are exactly as many as there are when 50 ask at once', async () => {
    const given = await atOnce(50, (i) => take(3, `owner-${i}`));
    expect(given.filter((index) => index !== undefined).sort()).toEqual([0, 1, 2]);
  });

  it('are free again once given back, by their owner only', async () => {
    await take(1, 'one');
    await store.giveBack(0, 'two');
    expect(await take(1, 'two')).toBeUndefined();
    await store.giveBack(0, 'one');
    expect(await take(1, 'two')).toBe(0);
    await store.giveBack(0, 'one');
    expect(await take(1, 'three')).toBeUndefined();
  });

  it('are taken over when they lapse', async () => {
    await take(1, 'one');
    expect(await take(1, 'two', NOW + LEASE - 1)).toBeUndefined();
    expect(await take(1, 'two', NOW + LEASE)).toBe(0);
    await store.giveBack(0, 'one');
    expect(await take(1, 'three', NOW + LEASE)).toBeUndefined();
  });
});
