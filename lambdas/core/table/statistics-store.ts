import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { kindOf } from '../email/events/kinds.ts';
import {
  COUNTED,
  type CountedEvent,
  type CountedKind,
  type Counts,
  type StatisticsMonth,
  type StatisticsStore,
} from '../statistics/statistics.ts';
import { getItems, type Item } from './items.ts';
import { keys } from './keys.ts';
import { expiresAt, type Table } from './table.ts';

/** Counters outlive their month by a year. */
const KEPT_DAYS = 400;

/** `23s`: emails sent on the 23rd. Short, so that a month of large numbers is within one write unit, a kilobyte. */
const attributeOf = (dayOfMonth: string, kind: CountedKind) =>
  `${dayOfMonth}${kindOf(kind).counter}`;

function sums(countedEvents: readonly CountedEvent[]): [string, number][] {
  const byAttribute = new Map<string, number>();
  for (const { day, kind, recipients } of countedEvents) {
    const attribute = attributeOf(day.slice(-2), kind);
    byAttribute.set(attribute, (byAttribute.get(attribute) ?? 0) + recipients);
  }
  return [...byAttribute];
}

function updateOf(table: Table, month: StatisticsMonth, countedEvents: readonly CountedEvent[]) {
  const added = sums(countedEvents);
  const ttl = expiresAt(Date.parse(`${month.month}-01T00:00:00.000Z`), KEPT_DAYS);
  return new UpdateCommand({
    TableName: table.name,
    Key: keys.statistics(month),
    UpdateExpression: `SET #ttl = :ttl ADD ${added.map((_, i) => `#n${i} :n${i}`).join(', ')}`,
    ExpressionAttributeNames: {
      '#ttl': 'ttl',
      ...Object.fromEntries(added.map(([attribute], i) => [`#n${i}`, attribute])),
    },
    ExpressionAttributeValues: {
      ':ttl': ttl,
      ...Object.fromEntries(added.map(([, sum], i) => [`:n${i}`, sum])),
    },
  });
}

function daysOf(item: Item): [string, Counts][] {
  const month = String(item.sk).split('#').at(-1);
  const days = new Set(Object.keys(item).flatMap((name) => /^\d\d(?=[a-z]$)/.exec(name) ?? []));
  return [...days].map((day) => {
    const counts = COUNTED.map((kind) => [kind, Number(item[attributeOf(day, kind)] ?? 0)]);
    return [`${month}-${day}`, Object.fromEntries(counts) as Counts];
  });
}

/** Counters of days on the table: an item for each month. */
export function statisticsStore(table: Table): StatisticsStore {
  return {
    async add(month, countedEvents) {
      if (countedEvents.length === 0) return;
      await table.counterClient.send(updateOf(table, month, countedEvents));
    },
    async read(months) {
      const items = await getItems(table, months.map(keys.statistics));
      return new Map(items.flatMap(daysOf));
    },
  };
}
