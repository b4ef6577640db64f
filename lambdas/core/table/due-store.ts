import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { TABLE } from '../contract/table.ts';
import type { DueStore } from '../webhook/due.ts';
import { deliveryOf, keys, lists } from './keys.ts';
import { ifConditionHolds, type Table } from './table.ts';

/** The due index on the table. */
export function dueStore(table: Table): DueStore {
  const { indexName, partitionKey, sortKey } = TABLE.due;
  return {
    async list(shard, until, limit) {
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          IndexName: indexName,
          KeyConditionExpression: '#p = :p AND #s <= :until',
          ExpressionAttributeNames: { '#p': partitionKey, '#s': sortKey },
          ExpressionAttributeValues: { ':p': lists.due(shard), ':until': until },
          Limit: limit,
        }),
      );
      return Items.map((item) => ({
        ref: deliveryOf({ pk: String(item.pk), sk: String(item.sk) }),
        dueAt: Number(item[sortKey]),
      }));
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
