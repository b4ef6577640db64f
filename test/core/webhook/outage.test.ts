import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deliveryStore } from '../../../lambdas/core/table/delivery-store.ts';
import { dueStore } from '../../../lambdas/core/table/due-store.ts';
import { endpointStore } from '../../../lambdas/core/table/endpoint-store.ts';
import { healthStore } from '../../../lambdas/core/table/health-store.ts';
import { laneStore } from '../../../lambdas/core/table/lane-store.ts';
import { noticeStore } from '../../../lambdas/core/table/notice-store.ts';
import { webhookReads } from '../../../lambdas/core/table/webhook-reads.ts';
import { startTable, type TestTable } from '../../contracts/table-fixture.ts';
import { refOf } from '../../contracts/webhooks.ts';
import { memoryStores } from './memory-stores.ts';
import { checkSchedule, type Down, OUTAGE, outage } from './outage.ts';

const seeds = Array.from({ length: 3 }, () => Math.floor(Math.random() * 2 ** 31));
/** How many events come at once: what hangs takes 15 seconds for every three. */
const AT_ONCE = { refused: 20, broken: 20, hanging: 6 };
const DOWN: Down[] = ['refused', 'broken', 'hanging'];

describe('a receiver that is down for 74 hours', () => {
  const runs = DOWN.flatMap((down) => seeds.map((seed) => ({ down, seed })));
  it.each(runs)('gets everything in its time when it is $down, seed $seed', async (run) => {
    const { stores, addEndpoint, all, endpoint } = memoryStores();
    const atOnce = AT_ONCE[run.down];
    const result = await outage({ ...run, stores, addEndpoint, events: 40, atOnce });
    const tries = checkSchedule(result);
    expect(tries).toBeGreaterThan(40 * 4);
    expect(all()).toHaveLength(40);
    expect(all().every(({ status, dueAt }) => status === 'succeeded' && !dueAt)).toBe(true);
    expect(result.queue.seen.mostReceives).toBeLessThan(50);
    expect(endpoint(refOf(result.endpoint))?.disabled).toBeUndefined();
  });

  it('is sent nothing new for more than twenty minutes after it is back', async () => {
    const { stores, addEndpoint } = memoryStores();
    const options = { down: 'hanging', seed: seeds[0] ?? 1, events: 60, atOnce: 3 } as const;
    const { sent, posts, clock, endpoint } = await outage({ ...options, stores, addEndpoint });
    expect(clock.now()).toBeGreaterThan(Date.parse(endpoint.createdAt) + OUTAGE);
    for (const { id, event } of sent) {
      const first = posts.find((post) => post.id === id);
      const { at } = JSON.parse(event.body) as { at: number };
      const back = Math.max(at, Date.parse(endpoint.createdAt) + OUTAGE);
      expect(first?.start).toBeLessThan(back + 20 * 60_000);
    }
  });
});

describe('a receiver that is down for 74 hours, with the real stores', () => {
  let fixture: TestTable;
  beforeAll(async () => {
    fixture = await startTable();
  });
  afterAll(() => fixture.stop());

  it.each(DOWN)('gets everything in its time when it is %s', async (down) => {
    const { table } = fixture;
    const endpoints = endpointStore(table);
    const deliveries = deliveryStore(table, 30);
    const stores = {
      look: webhookReads(table).readForDelivery,
      endpoints,
      deliveries,
      notices: noticeStore(table),
      health: healthStore(table),
      lanes: laneStore(table),
      due: dueStore(table),
    };
    const addEndpoint = endpoints.create;
    const seed = seeds[0] ?? 1;
    const run = { down, seed, events: 8, atOnce: 2 };
    const result = await outage({ ...run, stores, addEndpoint });
    checkSchedule(result);
    const kept = await deliveries.list(refOf(result.endpoint), { limit: 100 });
    expect(kept.entries.map(({ status }) => status)).toEqual(Array(8).fill('succeeded'));
    expect(kept.entries.every(({ dueAt }) => dueAt === undefined)).toBe(true);
    expect(await endpoints.find(refOf(result.endpoint))).toEqual(result.endpoint);
  });
});
