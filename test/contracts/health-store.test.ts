import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { healthStore } from '../../lambdas/core/table/health-store.ts';
import { keys } from '../../lambdas/core/table/keys.ts';
import type { EndpointRef } from '../../lambdas/core/webhook/endpoint.ts';
import { type HealthStore, SLOTS_PER_ENDPOINT } from '../../lambdas/core/webhook/health.ts';
import { itemSize } from './item-size.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';
import { aRef, hex24, NOW } from './webhooks.ts';

let fixture: TestTable;
let store: HealthStore;
beforeAll(async () => {
  fixture = await startTable();
  store = healthStore(fixture.table);
});
afterAll(() => fixture.stop());

const LEASE = 30_000;
const slotOf = (owner: string, since = NOW) => ({ owner, since, until: since + LEASE });
const FAILED = {
  last: 'failed',
  timeouts: 3,
  failingSince: NOW - 1000,
  openUntil: NOW + 60_000,
} as const;
const FREE = [undefined, undefined, undefined];

async function itemOf(ref: EndpointRef) {
  const client = new DynamoDBClient();
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: fixture.table.name,
      Key: marshall(keys.health(ref)),
      ConsistentRead: true,
    }),
  );
  client.destroy();
  return Item ?? {};
}

describe('the health of an endpoint', () => {
  it('is empty before the first try, with every slot free', async () => {
    expect(await store.find(aRef())).toEqual({ slots: FREE });
    expect(FREE).toHaveLength(SLOTS_PER_ENDPOINT);
  });

  it('is the endpoint’s own', async () => {
    const ref = aRef();
    await store.takeSlot(ref, 0, slotOf('one'), NOW);
    expect(await store.find({ ...ref, account: hex24() })).toEqual({ slots: FREE });
    expect(await store.find({ ...ref, endpoint: hex24() })).toEqual({ slots: FREE });
  });

  it('stays far within one write unit with every slot taken, and goes 30 days after a try', async () => {
    const ref = aRef();
    await atOnce(3, (i) => store.takeSlot(ref, i, slotOf(hex24()), NOW));
    await store.giveBack(ref, 2, 'no owner', FAILED);
    const item = await itemOf(ref);
    expect(itemSize(item)).toBeGreaterThan(200);
    expect(itemSize(item)).toBeLessThan(512);
    expect(item.ttl).toEqual({ N: String(NOW / 1000 + 30 * 86_400) });
  });
});

describe('taking a slot', () => {
  it('writes its owner, start and end for each slot separately', async () => {
    const ref = aRef();
    expect(await store.takeSlot(ref, 1, slotOf('one'), NOW)).toBe(true);
    expect(await store.takeSlot(ref, 2, slotOf('two'), NOW)).toBe(true);
    expect(await store.find(ref)).toEqual({ slots: [undefined, slotOf('one'), slotOf('two')] });
  });

  it('is refused while another holds it, to its last millisecond but one, and then taken over', async () => {
    const ref = aRef();
    await store.takeSlot(ref, 0, slotOf('one'), NOW);
    const late = NOW + LEASE;
    expect(await store.takeSlot(ref, 0, slotOf('two', late - 1), late - 1)).toBe(false);
    expect(await store.takeSlot(ref, 0, slotOf('two', late), late)).toBe(true);
    expect((await store.find(ref)).slots[0]).toEqual(slotOf('two', late));
  });

  it('recognises its own when the write comes twice', async () => {
    const ref = aRef();
    await store.takeSlot(ref, 0, slotOf('one'), NOW);
    expect(await store.takeSlot(ref, 0, slotOf('one'), NOW)).toBe(true);
  });

  it('has one winner among 20 at once, of a free slot and of a lapsed one', async () => {
    const ref = aRef();
    const late = NOW + LEASE;
    const first = await atOnce(20, (i) => store.takeSlot(ref, 0, slotOf(`one-${i}`), NOW));
    const second = await atOnce(20, (i) => store.takeSlot(ref, 0, slotOf(`two-${i}`, late), late));
    expect(first.filter(Boolean)).toHaveLength(1);
    expect(second.filter(Boolean)).toHaveLength(1);
    expect((await store.find(ref)).slots[0]?.owner).toBe(`two-${second.indexOf(true)}`);
  });

  it('lets exactly three of 50 in at once when each asks for one slot after the other', async () => {
    const ref = aRef();
    const takers = await atOnce(50, async (i) => {
      for (let index = 0; index < SLOTS_PER_ENDPOINT; index += 1) {
        if (await store.takeSlot(ref, index, slotOf(`owner-${i}`), NOW)) return `owner-${i}`;
      }
      return undefined;
    });
    const winners = takers.filter((owner) => owner !== undefined);
    expect(winners).toHaveLength(SLOTS_PER_ENDPOINT);
    const { slots } = await store.find(ref);
    expect(slots.map((slot) => slot?.owner).sort()).toEqual(winners.sort());
  });

  it('leaves alone what is known of the endpoint', async () => {
    const ref = aRef();
    await store.takeSlot(ref, 0, slotOf('one'), NOW);
    await store.giveBack(ref, 0, 'one', FAILED);
    await store.takeSlot(ref, 0, slotOf('two'), NOW);
    expect(await store.find(ref)).toEqual({
      ...FAILED,
      slots: [slotOf('two'), undefined, undefined],
    });
  });
});

describe('giving a slot back', () => {
  it('frees it and writes what the try has shown; what is absent is removed', async () => {
    const ref = aRef();
    await store.takeSlot(ref, 0, slotOf('one'), NOW);
    await store.giveBack(ref, 0, 'one', FAILED);
    expect(await store.find(ref)).toEqual({ ...FAILED, slots: FREE });
    await store.takeSlot(ref, 2, slotOf('two'), NOW);
    await store.giveBack(ref, 2, 'two', { last: 'succeeded' });
    expect(await store.find(ref)).toEqual({ last: 'succeeded', slots: FREE });
  });

  it('may be repeated', async () => {
    const ref = aRef();
    await store.takeSlot(ref, 0, slotOf('one'), NOW);
    await store.giveBack(ref, 0, 'one', FAILED);
    await store.giveBack(ref, 0, 'one', FAILED);
    expect(await store.find(ref)).toEqual({ ...FAILED, slots: FREE });
  });

  it('writes what the try has shown, and not the slot, when that has become another’s', async () => {
    const ref = aRef();
    const late = NOW + LEASE;
    await store.takeSlot(ref, 0, slotOf('one'), NOW);
    await store.takeSlot(ref, 0, slotOf('two', late), late);
    await store.giveBack(ref, 0, 'one', FAILED);
    expect(await store.find(ref)).toEqual({
      ...FAILED,
      slots: [slotOf('two', late), undefined, undefined],
    });
  });

  it('leaves the other slots as they are', async () => {
    const ref = aRef();
    await atOnce(3, (i) => store.takeSlot(ref, i, slotOf(`owner-${i}`), NOW));
    await store.giveBack(ref, 1, 'owner-1', {});
    const slots = [slotOf('owner-0'), undefined, slotOf('owner-2')];
    expect(await store.find(ref)).toEqual({ slots });
  });

  it('makes no health where there is none', async () => {
    const ref = aRef();
    await store.giveBack(ref, 0, 'one', FAILED);
    expect(await itemOf(ref)).toEqual({});
  });
});
