import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  COUNTED,
  type CountedEvent,
  type StatisticsMonth,
  type StatisticsStore,
} from '../../lambdas/core/statistics/statistics.ts';
import { keys } from '../../lambdas/core/table/keys.ts';
import { statisticsStore } from '../../lambdas/core/table/statistics-store.ts';
import { itemSize } from './item-size.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';

let fixture: TestTable;
let store: StatisticsStore;
beforeAll(async () => {
  fixture = await startTable();
  store = statisticsStore(fixture.table);
});
afterAll(() => fixture.stop());

const monthOf = (account: string, month = '2026-11'): StatisticsMonth => ({
  account,
  environment: 'live',
  month,
});

const countedEvent = (month: StatisticsMonth, more: Partial<CountedEvent> = {}): CountedEvent => ({
  account: month.account,
  environment: month.environment,
  day: `${month.month}-23`,
  kind: 'sent',
  recipients: 1,
  ...more,
});

async function itemOf(month: StatisticsMonth) {
  const client = new DynamoDBClient();
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: fixture.table.name,
      Key: marshall(keys.statistics(month)),
      ConsistentRead: true,
    }),
  );
  client.destroy();
  return Item ?? {};
}

describe('the counters of the days', () => {
  it('add up each kind and day, whoever counts at the same time', async () => {
    const month = monthOf('adds');
    await atOnce(20, (i) =>
      store.add(month, [
        countedEvent(month),
        countedEvent(month, { kind: 'delivered', recipients: 3 }),
        countedEvent(month, { day: i % 2 ? '2026-11-01' : '2026-11-30', kind: 'bounced' }),
        countedEvent(month, { kind: 'delivered', recipients: 2 }),
      ]),
    );
    const none = { sent: 0, delivered: 0, bounced: 0, complained: 0 };
    expect(Object.fromEntries(await store.read([month]))).toEqual({
      '2026-11-01': { ...none, bounced: 10 },
      '2026-11-23': { ...none, sent: 20, delivered: 100 },
      '2026-11-30': { ...none, bounced: 10 },
    });
  });

  it('are read for several months at once, and keep accounts and environments apart', async () => {
    const months = ['2026-09', '2026-10', '2026-12'].map((month) => monthOf('months', month));
    for (const month of months) await store.add(month, [countedEvent(month)]);
    const test: StatisticsMonth = { ...monthOf('months', '2026-10'), environment: 'test' };
    await store.add(test, [countedEvent(test, { recipients: 7 })]);
    await store.add(monthOf('other', '2026-10'), [countedEvent(monthOf('other', '2026-10'))]);
    const read = await store.read([...months, monthOf('months')]);
    expect([...read.keys()].sort()).toEqual(['2026-09-23', '2026-10-23', '2026-12-23']);
    expect([...read.values()].map(({ sent }) => sent)).toEqual([1, 1, 1]);
    expect((await store.read([test])).get('2026-10-23')?.sent).toBe(7);
    expect((await store.read([])).size).toBe(0);
  });

  it('write nothing where nothing happened', async () => {
    await store.add(monthOf('nothing'), []);
    expect(await itemOf(monthOf('nothing'))).toEqual({});
  });

  it('expire in epoch seconds, more than a year after the month began', async () => {
    await store.add(monthOf('ttl'), [countedEvent(monthOf('ttl'))]);
    const expected = Date.parse('2026-11-01T00:00:00Z') / 1000 + 400 * 86_400;
    expect((await itemOf(monthOf('ttl'))).ttl).toEqual({ N: String(expected) });
  });

  it('fit into one write unit for a month of almost a million mails of each kind a day', async () => {
    const month: StatisticsMonth = { ...monthOf('a'.repeat(24), '2026-12'), environment: 'test' };
    const days = Array.from({ length: 31 }, (_, i) => `2026-12-${String(i + 1).padStart(2, '0')}`);
    for (const day of days) {
      const all = COUNTED.map((kind) => countedEvent(month, { day, kind, recipients: 987_654 }));
      await store.add(month, all);
    }
    expect((await store.read([month])).size).toBe(31);
    const size = itemSize(await itemOf(month));
    expect(size).toBeGreaterThan(800);
    expect(size).toBeLessThanOrEqual(1024);
  });
});
