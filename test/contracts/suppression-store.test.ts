import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SuppressionStore } from '../../lambdas/core/suppression/suppression.ts';
import { keys } from '../../lambdas/core/table/keys.ts';
import { suppressionStore } from '../../lambdas/core/table/suppression-store.ts';
import { ADA, DAY, manual, standing, suppression, temporary } from './suppressions.ts';
import { startTable, type TestTable } from './table-fixture.ts';
import { at, hex24, NOW } from './webhooks.ts';

let fixture: TestTable;
let store: SuppressionStore;
beforeAll(async () => {
  fixture = await startTable();
  store = suppressionStore(fixture.table);
});
afterAll(() => fixture.stop());

async function itemOf(account: string, address = ADA) {
  const { name, client } = fixture.table;
  const Key = keys.suppression(account, address);
  return (await client.send(new GetCommand({ TableName: name, Key, ConsistentRead: true }))).Item;
}

describe('a suppression', () => {
  it('is found as it was added, by an event, by hand, for ever or for a time', async () => {
    const kinds = [suppression(), manual({ detail: 'Asked by phone' }), manual(), temporary(0)];
    for (const each of kinds) expect(await standing(store, [each])).toEqual(each);
  });

  it('is found among 50 addresses, in the order asked', async () => {
    const account = hex24();
    const addresses = Array.from({ length: 50 }, (_, i) => `user${i}@example.com`);
    for (const i of [41, 7, 23]) {
      await store.add(account, suppression({ address: `user${i}@example.com` }));
    }
    const found = await store.findSuppressed(account, addresses, NOW);
    expect(found).toEqual(['user7@example.com', 'user23@example.com', 'user41@example.com']);
    expect(await store.findSuppressed(account, [], NOW)).toEqual([]);
  });

  it('is the account’s own', async () => {
    const account = hex24();
    const stranger = hex24();
    await store.add(account, suppression());
    expect(await store.find(stranger, ADA, NOW)).toBeUndefined();
    expect(await store.findSuppressed(stranger, [ADA], NOW)).toEqual([]);
    expect((await store.list(stranger, { limit: 10 }, NOW)).entries).toEqual([]);
    expect(await store.remove(stranger, ADA, at(1))).toBe(false);
    expect(await store.findSuppressed(account, [ADA], NOW)).toEqual([ADA]);
  });

  it('still counts when it was written before there were reasons of a closed list', async () => {
    const account = hex24();
    const Item = { address: ADA, reason: 'asked', createdAt: at(0) };
    const { name, client } = fixture.table;
    const item = { ...keys.suppression(account, ADA), ...Item };
    await client.send(new PutCommand({ TableName: name, Item: item }));
    expect(await store.findSuppressed(account, [ADA], NOW)).toEqual([ADA]);
    await store.add(account, suppression());
    expect((await store.find(account, ADA, NOW))?.reason).toBe('bounced');
  });
});

describe('a suppression that expires', () => {
  it('counts to the last millisecond but one, in each of the three ways to ask', async () => {
    const account = hex24();
    const entry = temporary(0);
    await store.add(account, entry);
    const end = NOW + 14 * DAY * 1000;
    const ask = async (now: number) => [
      await store.find(account, ADA, now),
      await store.findSuppressed(account, [ADA], now),
      (await store.list(account, { limit: 10 }, now)).entries,
    ];
    expect(await ask(end - 1)).toEqual([entry, [ADA], [entry]]);
    expect(await ask(end)).toEqual([undefined, [], []]);
    expect(await store.remove(account, ADA, new Date(end).toISOString())).toBe(false);
  });

  it('goes from the table after it has ended; one for ever stays, whatever it replaced', async () => {
    const account = hex24();
    await store.add(account, temporary(0));
    expect((await itemOf(account))?.ttl).toBe(NOW / 1000 + 74 * DAY);
    await store.add(account, suppression());
    expect(await itemOf(account)).not.toHaveProperty('ttl');
  });

  it('is followed by a new one after it has ended', async () => {
    const later = temporary(30 * DAY);
    expect(await standing(store, [temporary(0), later], NOW + 31 * DAY * 1000)).toEqual(later);
  });
});

describe('a removal', () => {
  it('counts at once, once, in each of the three ways to ask', async () => {
    const account = hex24();
    await store.add(account, suppression());
    expect(await store.remove(account, ADA, at(5))).toBe(true);
    expect(await store.find(account, ADA, NOW)).toBeUndefined();
    expect(await store.findSuppressed(account, [ADA], NOW)).toEqual([]);
    expect(await store.list(account, { limit: 10 }, NOW)).toEqual({
      entries: [],
      position: null,
    });
    expect(await store.remove(account, ADA, at(6))).toBe(false);
  });

  it('holds against events from before it, repeated ones and late ones', async () => {
    const account = hex24();
    const event = suppression();
    await store.add(account, event);
    await store.remove(account, ADA, at(5));
    await store.add(account, event);
    await store.add(account, suppression({ reason: 'complained', createdAt: at(4) }));
    await store.add(account, suppression({ reason: 'complained', createdAt: at(5) }));
    await store.add(account, temporary(3));
    expect(await store.find(account, ADA, NOW)).toBeUndefined();
  });

  it('yields to an event from after it, and to whoever adds the address by hand', async () => {
    const account = hex24();
    await store.add(account, suppression());
    await store.remove(account, ADA, at(5));
    const added = manual({ createdAt: at(5) });
    await store.add(account, added);
    expect(await store.find(account, ADA, NOW)).toEqual(added);
    const event = suppression({ createdAt: at(6) });
    await store.add(account, event);
    expect(await store.find(account, ADA, NOW)).toEqual(event);
  });

  it('is remembered by the entry that comes after it, even by one that has ended', async () => {
    const account = hex24();
    await store.add(account, suppression());
    await store.remove(account, ADA, at(5));
    const added = manual({ createdAt: at(7) });
    await store.add(account, added);
    await store.add(account, suppression({ reason: 'complained', createdAt: at(4) }));
    expect(await store.find(account, ADA, NOW)).toEqual(added);
    await store.remove(account, ADA, at(8));
    await store.add(account, temporary(9));
    const ended = NOW + 15 * DAY * 1000;
    await store.add(account, suppression({ createdAt: at(8) }));
    expect(await store.find(account, ADA, ended)).toBeUndefined();
  });

  it('holds against its own event when SES’s clock was ahead of ours', async () => {
    const account = hex24();
    const event = suppression({ createdAt: at(2) });
    await store.add(account, event);
    await store.remove(account, ADA, at(1));
    await store.add(account, event);
    expect(await store.find(account, ADA, NOW)).toBeUndefined();
  });

  it('leaves 60 days of memory and nothing in the list', async () => {
    const account = hex24();
    await store.add(account, suppression());
    await store.remove(account, ADA, at(5));
    const key = keys.suppression(account, ADA);
    const ttl = NOW / 1000 + 5 + 60 * DAY;
    expect(await itemOf(account)).toEqual({ ...key, removedAt: at(5), ttl });
  });
});
