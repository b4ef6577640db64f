import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { MonthlyUsage, UsageStore } from '../account/usage.ts';
import { getItems } from './items.ts';
import { keys } from './keys.ts';
import { expiresAt, ifConditionHolds, type Table } from './table.ts';

/** A month's counter outlives its month by a year, for "this month and before". */
const USAGE_DAYS = 400;

type Addition = {
  key: { pk: string; sk: string };
  amount: number;
  limit: number | null;
  ttl: number;
};

/** Adds and tells the new total; undefined where it would pass the limit. */
async function add(table: Table, { key, amount, limit, ttl }: Addition) {
  const guard =
    limit === null ? {} : { ConditionExpression: 'attribute_not_exists(#n) OR #n <= :room' };
  const write = new UpdateCommand({
    TableName: table.name,
    Key: key,
    UpdateExpression: 'SET #ttl = :ttl ADD #n :amount',
    ...guard,
    ExpressionAttributeNames: { '#n': 'used', '#ttl': 'ttl' },
    ExpressionAttributeValues: {
      ':amount': amount,
      ':ttl': ttl,
      ...(limit === null ? {} : { ':room': limit - amount }),
    },
    ReturnValues: 'UPDATED_NEW',
  });
  const result = await ifConditionHolds(table.counterClient.send(write));
  return result && Number(result.Attributes?.used);
}

const monthTtl = (usage: MonthlyUsage) =>
  expiresAt(Date.parse(`${usage.month}-01T00:00:00.000Z`), USAGE_DAYS);

/** Counters on the table: an item for each second, an item for each month. */
export function usageStore(table: Table): UsageStore {
  return {
    async countRequest(account, limit, now, user) {
      const second = Math.floor(now / 1000);
      const key = keys.requests(account, second, user);
      const used = await add(table, { key, amount: 1, limit, ttl: second + 60 });
      return used === undefined ? undefined : { remaining: limit - used };
    },
    async charge(usage, emails, limit) {
      if (limit !== null && emails > limit) return undefined;
      const addition = { key: keys.usage(usage), amount: emails, limit, ttl: monthTtl(usage) };
      return await add(table, addition);
    },
    async refund(usage, emails) {
      const key = keys.usage(usage);
      await add(table, { key, amount: -emails, limit: null, ttl: monthTtl(usage) });
    },
    async read(usages) {
      const wanted = usages.map(keys.usage);
      const items = await getItems(table, wanted);
      const counted = new Map(items.map(({ pk, sk, used }) => [`${pk} ${sk}`, Number(used)]));
      return wanted.map(({ pk, sk }) => counted.get(`${pk} ${sk}`) ?? 0);
    },
  };
}
