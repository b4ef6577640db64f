import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MonthlyUsage, UsageStore } from '../../lambdas/core/account/usage.ts';
import { keys } from '../../lambdas/core/table/keys.ts';
import { usageStore } from '../../lambdas/core/table/usage-store.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';

let fixture: TestTable;
let store: UsageStore;
beforeAll(async () => {
  fixture = await startTable();
  store = usageStore(fixture.table);
});
afterAll(() => fixture.stop());

const month = (account: string, environment: 'live' | 'test' = 'live'): MonthlyUsage => ({
  account,
  environment,
  month: '2026-11',
});

async function usedBy(usage: MonthlyUsage) {
  const { client, name } = fixture.table;
  const read = new GetCommand({ TableName: name, Key: keys.usage(usage), ConsistentRead: true });
  return (await client.send(read)).Item;
}

describe('the monthly quota', () => {
  it('lets exactly as many of 50 concurrent charges pass as the limit has room for', async () => {
    const usage = month('concurrent');
    const charged = await atOnce(50, () => store.charge(usage, 3, 100));
    const totals = charged.flatMap((total) => total ?? []);
    expect(totals.sort((a, b) => a - b)).toEqual(Array.from({ length: 33 }, (_, i) => 3 * (i + 1)));
    expect((await usedBy(usage))?.used).toBe(99);
    expect(await store.charge(usage, 2, 100)).toBeUndefined();
    expect(await store.charge(usage, 1, 100)).toBe(100);
    expect(await store.charge(usage, 1, 100)).toBeUndefined();
  });

  it('counts a charge whole or not at all, even as the first of a month', async () => {
    const usage = month('first');
    expect(await store.charge(usage, 6, 5)).toBeUndefined();
    expect(await usedBy(usage)).toBeUndefined();
    expect(await store.charge(usage, 5, 5)).toBe(5);
  });

  it('counts without a limit too, so that a later limit knows what was used', async () => {
    const usage = month('unlimited');
    await atOnce(50, () => store.charge(usage, 50, null));
    expect((await usedBy(usage))?.used).toBe(2500);
    expect(await store.charge(usage, 1, 2500)).toBeUndefined();
  });

  it('has room again after a refund', async () => {
    const usage = month('refund');
    await store.charge(usage, 10, 10);
    await store.refund(usage, 4);
    expect(await store.charge(usage, 5, 10)).toBeUndefined();
    expect(await store.charge(usage, 4, 10)).toBe(10);
  });

  it('keeps accounts, live and test mail, and months apart', async () => {
    await store.charge(month('apart'), 5, 5);
    expect(await store.charge(month('apart', 'test'), 5, 5)).toBe(5);
    expect(await store.charge({ ...month('apart'), month: '2026-12' }, 5, 5)).toBe(5);
    expect(await store.charge(month('other'), 5, 5)).toBe(5);
  });

  it('is read for several months and both environments, in the order asked', async () => {
    const live = month('read');
    await store.charge(live, 7, null);
    await store.charge({ ...live, environment: 'test' }, 3, null);
    const earlier = { ...live, month: '2026-10' };
    const asked = [earlier, { ...live, environment: 'test' as const }, live];
    expect(await store.read(asked)).toEqual([0, 3, 7]);
    expect(await store.read([])).toEqual([]);
  });

  it('expires in epoch seconds, more than a year after the month', async () => {
    await store.charge(month('ttl'), 1, null);
    const item = await usedBy(month('ttl'));
    expect(item?.ttl).toBe(Date.parse('2026-11-01T00:00:00Z') / 1000 + 400 * 86_400);
  });
});

describe('the window of a second', () => {
  const NOW = Date.parse('2026-11-23T12:00:00.250Z');

  it('lets exactly the limit of 50 concurrent requests pass and hands out each remainder once', async () => {
    const counted = await atOnce(50, () => store.countRequest('rate', 20, NOW));
    const remaining = counted.flatMap((each) => (each ? [each.remaining] : []));
    expect(remaining.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  it('is the calendar second: its last millisecond is full, the next one free', async () => {
    const second = Math.floor(NOW / 1000) * 1000;
    expect(await store.countRequest('window', 1, second)).toEqual({ remaining: 0 });
    expect(await store.countRequest('window', 1, second + 999)).toBeUndefined();
    expect(await store.countRequest('window', 1, second + 1000)).toEqual({ remaining: 0 });
  });

  it('is each account’s own', async () => {
    expect(await store.countRequest('one', 1, NOW)).toEqual({ remaining: 0 });
    expect(await store.countRequest('two', 1, NOW)).toEqual({ remaining: 0 });
    expect(await store.countRequest('one', 1, NOW, 'ada')).toEqual({ remaining: 0 });
    expect(await store.countRequest('one', 1, NOW, 'bob')).toEqual({ remaining: 0 });
    expect(await store.countRequest('one', 1, NOW, 'ada')).toBeUndefined();
  });
});
