import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TABLE } from '../../lambdas/core/contract/table.ts';
import { deliveryStore } from '../../lambdas/core/table/delivery-store.ts';
import { dueStore } from '../../lambdas/core/table/due-store.ts';
import type { Delivery, DeliveryStore } from '../../lambdas/core/webhook/delivery.ts';
import type { Due, DueStore } from '../../lambdas/core/webhook/due.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';
import { aDelivery, hex24, NOW } from './webhooks.ts';

let fixture: TestTable;
let store: DueStore;
let deliveries: DeliveryStore;
beforeAll(async () => {
  fixture = await startTable();
  store = dueStore(fixture.table);
  deliveries = deliveryStore(fixture.table, 30);
});
afterAll(() => fixture.stop());
afterEach(async () => {
  const { client, name } = fixture.table;
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  for (const { pk, sk } of Items) {
    await client.send(new DeleteCommand({ TableName: name, Key: { pk, sk } }));
  }
});

const MINUTE = 60_000;

async function dueAt(time: number): Promise<Delivery> {
  const delivery = aDelivery(0, { dueAt: time });
  await deliveries.put(delivery, undefined);
  return delivery;
}

/** What every shard holds up to a time. */
async function listAll(until: number, limit = 100): Promise<Due[]> {
  const shards = await atOnce(TABLE.due.shards, (shard) => store.list(shard, until, limit));
  return shards.flat();
}

const dueOf = ({ account, endpoint, id, dueAt: time }: Delivery): Due => ({
  ref: { account, endpoint, id },
  dueAt: time ?? 0,
});

const byTime = (dues: readonly Due[]) => [...dues].sort((a, b) => a.dueAt - b.dueAt);

describe('the due index', () => {
  it('holds nothing but deliveries with a due time, up to the time asked and with it', async () => {
    const due = await dueAt(NOW);
    await dueAt(NOW + 1);
    await deliveries.put(aDelivery(), undefined);
    expect(await listAll(NOW)).toEqual([dueOf(due)]);
    expect(await listAll(NOW - 1)).toEqual([]);
  });

  it('sorts by the number, not by its text, earliest first, and stops at the limit', async () => {
    // Nine digits sort before thirteen as numbers only.
    const times = [NOW, 999_999_999, NOW - MINUTE, 1_000_000_000, 5];
    for (let i = 0; i < 40; i += 1) await dueAt((times[i % 5] ?? 0) + i);
    const shards = await atOnce(TABLE.due.shards, (shard) => store.list(shard, NOW + MINUTE, 100));
    for (const shard of shards) expect(shard).toEqual(byTime(shard));
    const longest = shards.findIndex((shard) => shard.length > 2);
    expect(await store.list(longest, NOW + MINUTE, 2)).toEqual(shards[longest]?.slice(0, 2));
  });

  it('spreads deliveries over every shard, each in one permanently', async () => {
    const put = await atOnce(60, (i) => dueAt(NOW + i));
    const shards = await atOnce(TABLE.due.shards, (shard) => store.list(shard, NOW + 60, 100));
    expect(shards.filter((shard) => shard.length === 0)).toEqual([]);
    expect(byTime(shards.flat())).toEqual(put.map(dueOf));
    for (const delivery of put) {
      await deliveries.put({ ...delivery, dueAt: NOW, mark: hex24() }, delivery.mark);
    }
    const again = await atOnce(TABLE.due.shards, (shard) => store.list(shard, NOW, 100));
    const ids = (dues: readonly Due[]) => dues.map(({ ref }) => ref.id).sort();
    expect(again.map(ids)).toEqual(shards.map(ids));
  });

  it('no longer holds a delivery whose due time was cleared', async () => {
    const { dueAt: time, nextAt, ...delivery } = await dueAt(NOW);
    await deliveries.put({ ...delivery, status: 'succeeded', mark: hex24() }, delivery.mark);
    expect(await listAll(NOW)).toEqual([]);
  });
});

describe('postponing', () => {
  const LATER = NOW + 20 * MINUTE;

  it('moves the due time on, in the index and on the delivery, and nothing else', async () => {
    const delivery = await dueAt(NOW);
    expect(await store.postpone(dueOf(delivery), LATER)).toBe(true);
    const moved = { ...delivery, dueAt: LATER };
    expect(await deliveries.find(delivery)).toEqual(moved);
    expect(await listAll(LATER)).toEqual([dueOf(moved)]);
  });

  it('does not block a deliverer that has read the delivery before', async () => {
    const delivery = await dueAt(NOW);
    await store.postpone(dueOf(delivery), LATER);
    const { dueAt: time, nextAt, ...rest } = delivery;
    const done: Delivery = { ...rest, status: 'succeeded', mark: hex24() };
    expect(await deliveries.put(done, delivery.mark)).toBe(true);
    expect(await listAll(LATER)).toEqual([]);
  });

  it('is refused when the due time is no longer the one seen, or was cleared', async () => {
    const delivery = await dueAt(NOW);
    const next = { ...delivery, dueAt: NOW + MINUTE, mark: hex24() };
    await deliveries.put(next, delivery.mark);
    expect(await store.postpone(dueOf(delivery), LATER)).toBe(false);
    expect(await deliveries.find(delivery)).toEqual(next);
    const { dueAt: time, nextAt, ...rest } = next;
    const done: Delivery = { ...rest, status: 'failed', mark: hex24() };
    await deliveries.put(done, next.mark);
    expect(await store.postpone(dueOf(next), LATER)).toBe(false);
    expect(await deliveries.find(delivery)).toEqual(done);
  });

  it('recognises its own write when it comes twice', async () => {
    const delivery = await dueAt(NOW);
    await store.postpone(dueOf(delivery), LATER);
    expect(await store.postpone(dueOf(delivery), LATER)).toBe(true);
  });

  it('has one winner among 20 sweepers with times of their own', async () => {
    const delivery = await dueAt(NOW);
    const won = await atOnce(20, (i) => store.postpone(dueOf(delivery), LATER + i));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect((await deliveries.find(delivery))?.dueAt).toBe(LATER + won.indexOf(true));
  });

  it('makes no delivery where there is none', async () => {
    const delivery = aDelivery(0, { dueAt: NOW });
    expect(await store.postpone(dueOf(delivery), LATER)).toBe(false);
    expect(await deliveries.find(delivery)).toBeUndefined();
  });
});
