import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { TABLE } from '../contract/table.ts';
import type { Key } from './keys.ts';
import type { Table } from './table.ts';

/** An entry of the due index: whose it is, and when it is due (epoch milliseconds). */
export type DueEntry = { readonly key: Key; readonly dueAt: number };

/** What is due up to a time (epoch milliseconds) in one partition of the due index, the earliest first. */
export async function dueEntries(
  table: Table,
  partition: string,
  { until, limit }: { readonly until: number; readonly limit: number },
): Promise<DueEntry[]> {
  const { indexName, partitionKey, sortKey } = TABLE.due;
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: indexName,
      KeyConditionExpression: '#p = :p AND #s <= :until',
      ExpressionAttributeNames: { '#p': partitionKey, '#s': sortKey },
      ExpressionAttributeValues: { ':p': partition, ':until': until },
      Limit: limit,
    }),
  );
  return Items.map(({ pk, sk, [sortKey]: due }) => ({
    key: { pk: String(pk), sk: String(sk) },
    dueAt: Number(due),
  }));
}
