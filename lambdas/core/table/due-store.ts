import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { TABLE } from '../contract/table.ts';
import type { DueStore } from '../webhook/due.ts';
import { dueEntries } from './due-entries.ts';
import { deliveryRefOf, keys, lists } from './keys.ts';
import { ifConditionHolds, type Table } from './table.ts';

/** The due index on the table. */
export function dueStore(table: Table): DueStore {
  const { sortKey } = TABLE.due;
  return {
    async list(shard, until, limit) {
      const entries = await dueEntries(table, lists.due(shard), { until, limit });
      return entries.map(({ key, dueAt }) => ({ ref: deliveryRefOf(key), dueAt }));
    },
    async postpone({ ref, dueAt }, to) {
      const write = new UpdateCommand({
        TableName: table.name,
        Key: keys.delivery(ref),
        UpdateExpression: 'SET #s = :to, dueAt = :to',
        // Its own first try, whose answer was lost, counts as well.
        ConditionExpression: '#s IN (:seen, :to)',
        ExpressionAttributeNames: { '#s': sortKey },
        ExpressionAttributeValues: { ':seen': dueAt, ':to': to },
      });
      return (await ifConditionHolds(table.client.send(write))) !== undefined;
    },
  };
}
