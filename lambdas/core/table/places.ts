import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { getItem } from './items.ts';
import type { Key } from './keys.ts';
import { ifConditionHolds, type Table } from './table.ts';

/** The item that holds an account's places, and the attribute that is the set. */
export type LimitedSetOptions = {
  readonly keyOf: (account: string) => Key;
  readonly attribute: string;
};

/** A set of texts beside an account, each of which has a place: one item, so that a limit on its size is exact. */
export function limitedSet(table: Table, { keyOf, attribute }: LimitedSetOptions) {
  const update = (account: string, verb: 'ADD' | 'DELETE', places: readonly string[]) => ({
    TableName: table.name,
    Key: keyOf(account),
    UpdateExpression: `${verb} #set :places`,
    ExpressionAttributeNames: { '#set': attribute },
    ExpressionAttributeValues: { ':places': new Set(places) },
  });
  return {
    /** True when the text has a place, from now or from before; false without room. `limit` null is none. */
    async take(account: string, place: string, limit: number | null): Promise<boolean> {
      const { ExpressionAttributeValues, ...add } = update(account, 'ADD', [place]);
      const guard = 'attribute_not_exists(#set) OR contains(#set, :place) OR size(#set) < :limit';
      const write = new UpdateCommand({
        ...add,
        ...(limit === null ? {} : { ConditionExpression: guard }),
        ExpressionAttributeValues: {
          ...ExpressionAttributeValues,
          ...(limit === null ? {} : { ':place': place, ':limit': limit }),
        },
      });
      return (await ifConditionHolds(table.client.send(write))) !== undefined;
    },
    async free(account: string, places: readonly string[]): Promise<void> {
      if (places.length === 0) return;
      await table.client.send(new UpdateCommand(update(account, 'DELETE', places)));
    },
    /** Consistent read. */
    async list(account: string): Promise<string[]> {
      const item = await getItem(table, keyOf(account));
      return [...((item?.[attribute] as Set<string> | undefined) ?? [])];
    },
  };
}
