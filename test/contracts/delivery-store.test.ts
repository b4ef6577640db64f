import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deliveryStore } from '../../lambdas/core/table/delivery-store.ts';
import { endpointStore } from '../../lambdas/core/table/endpoint-store.ts';
import { healthStore } from '../../lambdas/core/table/health-store.ts';
import { keys } from '../../lambdas/core/table/keys.ts';
import { webhookReads } from '../../lambdas/core/table/webhook-reads.ts';
import type { Attempt, Delivery, DeliveryStore } from '../../lambdas/core/webhook/delivery.ts';
import type { EndpointRef } from '../../lambdas/core/webhook/endpoint.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';
import { aDelivery, anEndpoint, aRef, at, hex24, NOW, refOf } from './webhooks.ts';

const RETENTION_DAYS = 30;

let fixture: TestTable;
let store: DeliveryStore;
beforeAll(async () => {
  fixture = await startTable();
  store = deliveryStore(fixture.table, RETENTION_DAYS);
});
afterAll(() => fixture.stop());

const ATTEMPT: Attempt = {
  at: at(1),
  durationMs: 812,
  status: 503,
  error: 'It answered 503.',
  answer: 'Grüße 👋'.repeat(500),
};

async function stored(delivery = aDelivery()): Promise<Delivery> {
  expect(await store.put(delivery, undefined)).toBe(true);
  return delivery;
}

async function itemOf(delivery: Delivery) {
  const { name, client } = fixture.table;
  const Key = keys.delivery(delivery);
  return (await client.send(new GetCommand({ TableName: name, Key, ConsistentRead: true }))).Item;
}

describe('a delivery', () => {
  it('is found as it was put, new, tried and ended', async () => {
    const tried = {
      tries: 20,
      attempts: Array.from({ length: 20 }, () => ATTEMPT),
      dueAt: NOW + 3_600_000,
    };
    const { nextAt, ...ended } = aDelivery();
    const kinds = [
      aDelivery(),
      aDelivery(0, tried),
      aDelivery(0, { emailId: null }),
      { ...ended, status: 'failed', reason: 'The endpoint was removed.' } as const,
    ];
    for (const delivery of kinds) {
      await stored(delivery);
      expect(await store.find(delivery)).toEqual(delivery);
    }
  });

  it('is its account’s and its endpoint’s own', async () => {
    const delivery = await stored();
    expect(await store.find({ ...delivery, account: hex24() })).toBeUndefined();
    expect(await store.find({ ...delivery, endpoint: hex24() })).toBeUndefined();
    const foreign = { account: hex24(), endpoint: delivery.endpoint };
    expect(await store.list(foreign, { limit: 10 })).toEqual({ entries: [], position: null });
  });

  it('expires after the days of retention from when it was first to be delivered', async () => {
    const delivery = await stored(aDelivery(60));
    const ttl = Date.parse(delivery.createdAt) / 1000 + RETENTION_DAYS * 86_400;
    expect((await itemOf(delivery))?.ttl).toBe(ttl);
  });

  it('does not expire while it is still to be tried, and then as any other', async () => {
    const old = await stored(aDelivery(-29 * 86_400));
    const nextAt = NOW + 28 * 3_600_000;
    const resent = { ...old, nextAt, mark: hex24() };
    await store.put(resent, old.mark);
    expect((await itemOf(old))?.ttl).toBe(nextAt / 1000 + 14 * 86_400);
    const { nextAt: gone, ...rest } = resent;
    await store.put({ ...rest, status: 'succeeded', mark: hex24() }, resent.mark);
    expect((await itemOf(old))?.ttl).toBe(NOW / 1000 + 86_400);
  });

  it('is in the due index only while it has a due time', async () => {
    const delivery = await stored();
    expect(await itemOf(delivery)).not.toHaveProperty('gsi2pk');
    const due = { ...delivery, dueAt: NOW + 5000, mark: hex24() };
    await store.put(due, delivery.mark);
    expect(await itemOf(delivery)).toMatchObject({ gsi2sk: NOW + 5000 });
    const { dueAt, nextAt, ...rest } = due;
    await store.put({ ...rest, status: 'succeeded', mark: hex24() }, due.mark);
    const item = await itemOf(delivery);
    expect(Object.keys(item ?? {}).filter((name) => name.startsWith('gsi2'))).toEqual([]);
    expect(item).not.toHaveProperty('dueAt');
  });
});

describe('putting a delivery', () => {
  it('makes it once, and changes only the one that was seen', async () => {
    const delivery = await stored();
    const rival = { ...delivery, mark: hex24() };
    expect(await store.put(rival, undefined)).toBe(false);
    const next = { ...delivery, tries: 1, mark: hex24() };
    expect(await store.put(next, delivery.mark)).toBe(true);
    expect(await store.put({ ...rival, tries: 9 }, delivery.mark)).toBe(false);
    expect(await store.find(delivery)).toEqual(next);
  });

  it('recognises its own write when it comes twice, created or changed', async () => {
    const delivery = await stored();
    expect(await store.put(delivery, undefined)).toBe(true);
    const next = { ...delivery, tries: 1, mark: hex24() };
    await store.put(next, delivery.mark);
    expect(await store.put(next, delivery.mark)).toBe(true);
  });

  it('makes none where the one that was seen has gone', async () => {
    const delivery = aDelivery();
    expect(await store.put(delivery, hex24())).toBe(false);
    expect(await store.find(delivery)).toBeUndefined();
  });

  it('has one winner among 20 at once, of a new one and of a change', async () => {
    const delivery = aDelivery();
    const rivals = Array.from({ length: 20 }, () => ({ ...delivery, mark: hex24() }));
    const made = await atOnce(20, (i) => store.put(rivals[i] ?? delivery, undefined));
    expect(made.filter(Boolean)).toHaveLength(1);
    const winner = rivals[made.indexOf(true)] ?? delivery;
    expect(await store.find(delivery)).toEqual(winner);
    const heirs = rivals.map((rival) => ({ ...rival, tries: 1, mark: hex24() }));
    const changed = await atOnce(20, (i) => store.put(heirs[i] ?? delivery, winner.mark));
    expect(changed.filter(Boolean)).toHaveLength(1);
    expect(await store.find(delivery)).toEqual(heirs[changed.indexOf(true)]);
  });

  it('counts one as there that is past its retention but not yet gone', async () => {
    const { nextAt, ...old } = aDelivery(-400 * 86_400);
    await stored(old);
    expect((await itemOf(old))?.ttl).toBeLessThan(NOW / 1000);
    expect(await store.put({ ...old, mark: hex24() }, undefined)).toBe(false);
    expect(await store.find(old)).toEqual(old);
  });
});

describe('the deliveries of an endpoint', () => {
  async function readAll(ref: EndpointRef, limit: number): Promise<Delivery[][]> {
    const pages: Delivery[][] = [];
    let position: string | null = null;
    do {
      const page = await store.list(ref, { limit, ...(position === null ? {} : { position }) });
      pages.push([...page.entries]);
      position = page.position;
    } while (position !== null);
    return pages;
  }

  it('are listed newest first over several pages, each once and whole', async () => {
    const ref = aRef();
    const deliveries = Array.from({ length: 11 }, (_, i) => aDelivery(i, ref));
    await atOnce(11, (i) => stored(deliveries[i]));
    await stored(aDelivery(5, { account: ref.account }));
    await healthStore(fixture.table).takeSlot(
      ref,
      0,
      { owner: hex24(), since: NOW, until: NOW },
      NOW,
    );
    const pages = await readAll(ref, 4);
    expect(pages.map((page) => page.length)).toEqual([4, 4, 3]);
    expect(pages.flat()).toEqual([...deliveries].reverse());
  });

  it('come whole when they are more than one read can hold', async () => {
    const ref = aRef();
    const attempts = Array.from({ length: 20 }, () => ({ ...ATTEMPT, answer: 'x'.repeat(4096) }));
    const deliveries = Array.from({ length: 20 }, (_, i) => aDelivery(i, { ...ref, attempts }));
    for (const delivery of deliveries) await stored(delivery);
    const pages = await readAll(ref, 20);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flat().map(({ id }) => id)).toEqual(deliveries.map(({ id }) => id).reverse());
  });
});

describe('what a message is about', () => {
  const read = (ref: Delivery) => webhookReads(fixture.table).readForDelivery(ref);

  it('is endpoint, health and delivery, in one read', async () => {
    const endpoint = anEndpoint();
    const ref = refOf(endpoint);
    const delivery = await stored(aDelivery(0, ref));
    const slot = { owner: hex24(), since: NOW, until: NOW + 30_000 };
    await endpointStore(fixture.table).create(endpoint);
    await healthStore(fixture.table).takeSlot(ref, 1, slot, NOW);
    expect(await read(delivery)).toEqual({
      endpoint,
      health: { slots: [undefined, slot, undefined] },
      delivery,
    });
  });

  it('lacks what does not exist, and what is another account’s', async () => {
    const delivery = await stored();
    const health = { slots: [undefined, undefined, undefined] };
    expect(await read(delivery)).toEqual({ health, delivery });
    expect(await read({ ...delivery, account: hex24() })).toEqual({ health });
  });
});
