import { BatchGetCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { TABLE } from '../contract/table.ts';
import type { Key } from './keys.ts';
import type { Table } from './table.ts';

/** An item as it comes from the table. */
export type Item = Record<string, unknown>;

/** DynamoDB's limit of keys in one BatchGetItem. */
const KEYS_PER_BATCH = 100;
/** Rounds of a batch whose rest the table put off, with a growing pause between. */
const BATCH_ROUNDS = 6;

/** One item, read consistently. */
export async function getItem(table: Table, key: Key): Promise<Item | undefined> {
  const { Item: item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
  );
  return item;
}

async function readBatch(table: Table, keys: readonly Key[], found: Item[]): Promise<Key[]> {
  const { Responses, UnprocessedKeys } = await table.client.send(
    new BatchGetCommand({
      RequestItems: { [table.name]: { Keys: [...keys], ConsistentRead: true } },
    }),
  );
  found.push(...((Responses?.[table.name] ?? []) as Item[]));
  return (UnprocessedKeys?.[table.name]?.Keys ?? []) as Key[];
}

/** Those of the items that exist, read consistently, in no particular order. */
export async function getItems(table: Table, keys: readonly Key[]): Promise<Item[]> {
  const found: Item[] = [];
  for (let start = 0; start < keys.length; start += KEYS_PER_BATCH) {
    await retryUnprocessed(keys.slice(start, start + KEYS_PER_BATCH), (rest) =>
      readBatch(table, rest, found),
    );
  }
  return found;
}

/**
 * Repeats a batch call with what the table left undone, pausing 50 ms, 100 ms, 200 ms, …
 *
 * @throws when something is still undone after six rounds
 */
export async function retryUnprocessed<Entry>(
  entries: readonly Entry[],
  round: (rest: readonly Entry[]) => Promise<readonly Entry[]>,
): Promise<void> {
  let rest = entries;
  for (let i = 0; rest.length > 0; i += 1) {
    if (i === BATCH_ROUNDS) throw new Error('The table did not finish a batch call.');
    if (i > 0) await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** (i - 1)));
    rest = await round(rest);
  }
}

/** What a partition holds, newest first. */
export type ItemQuery = {
  readonly partition: string;
  readonly limit: number;
  /** Sort-key bounds, inclusive. */
  readonly from?: string;
  readonly to?: string;
  /** Exclusive start, from an earlier page. */
  readonly startKey?: Item;
  /** Query the index by time instead of the table itself. */
  readonly byTime: boolean;
};

/** Greater than every character that a sort key holds. */
const LAST = '\uffff';

/**
 * One page, newest first; `lastKey` is where the next one starts. Consistent on the table itself; an index
 * cannot be.
 */
export async function queryPage(
  table: Table,
  query: ItemQuery,
): Promise<{ items: Item[]; lastKey?: Item }> {
  const { byTime } = TABLE;
  const { Items, LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      ...(query.byTime ? { IndexName: byTime.indexName } : { ConsistentRead: true }),
      KeyConditionExpression: '#p = :p AND #s BETWEEN :from AND :to',
      ExpressionAttributeNames: {
        '#p': query.byTime ? byTime.partitionKey : TABLE.partitionKey,
        '#s': query.byTime ? byTime.sortKey : TABLE.sortKey,
      },
      ExpressionAttributeValues: {
        ':p': query.partition,
        ':from': query.from ?? ' ',
        ':to': query.to ?? LAST,
      },
      ScanIndexForward: false,
      Limit: query.limit,
      ...(query.startKey ? { ExclusiveStartKey: query.startKey } : {}),
    }),
  );
  return {
    items: (Items ?? []) as Item[],
    ...(LastEvaluatedKey ? { lastKey: LastEvaluatedKey as Item } : {}),
  };
}

/** Every item of a partition whose sort key begins with `prefix`; for partitions that stay short. */
export async function queryAll(table: Table, partition: string, prefix: string): Promise<Item[]> {
  const found: Item[] = [];
  let startKey: Item | undefined;
  do {
    const page = await queryPage(table, {
      partition,
      limit: KEYS_PER_BATCH,
      byTime: false,
      from: prefix,
      to: `${prefix}~`,
      ...(startKey ? { startKey } : {}),
    });
    found.push(...page.items);
    startKey = page.lastKey;
  } while (startKey);
  return found;
}
