import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { getItem, type Item } from './items.ts';
import type { Key } from './keys.ts';
import type { Table } from './table.ts';

/**
 * What kept a conditional write from taking place: the item as it was, if there was one; undefined when the
 * write took place. An engine that does not return the item with its refusal is asked for it.
 *
 * @param write asks for `ReturnValuesOnConditionCheckFailure: 'ALL_OLD'`
 */
export async function conditionFailure(
  table: Table,
  key: Key,
  write: Promise<unknown>,
): Promise<{ readonly item: Item | undefined } | undefined> {
  try {
    await write;
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { item: error.Item ? unmarshall(error.Item) : await getItem(table, key) };
  }
}

/** What must hold for a write; names and values as DynamoDB has them, with `#` and `:`. */
export type Condition = {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Item;
};

const unlessEmpty = <Name extends string>(name: Name, entries: Item) =>
  Object.keys(entries).length > 0 ? { [name]: entries } : {};

/** The part of an UpdateCommand that sets `changes`, and removes those whose value is undefined. */
export function conditionalUpdate(changes: Item, condition: Condition) {
  const all = Object.entries(changes).map(([name, value], i) => ({ name, value, mark: `c${i}` }));
  const set = all.filter(({ value }) => value !== undefined);
  const removed = all.filter(({ value }) => value === undefined);
  const clauses = [
    ...(set.length > 0 ? [`SET ${set.map(({ mark }) => `#${mark} = :${mark}`).join(', ')}`] : []),
    ...(removed.length > 0 ? [`REMOVE ${removed.map(({ mark }) => `#${mark}`).join(', ')}`] : []),
  ];
  const names = Object.fromEntries(all.map(({ mark, name }) => [`#${mark}`, name]));
  const values = Object.fromEntries(set.map(({ mark, value }) => [`:${mark}`, value]));
  return {
    ...(clauses.length > 0 ? { UpdateExpression: clauses.join(' ') } : {}),
    ConditionExpression: condition.expression,
    ...unlessEmpty('ExpressionAttributeNames', { ...names, ...condition.names }),
    ...unlessEmpty('ExpressionAttributeValues', { ...values, ...condition.values }),
  };
}
