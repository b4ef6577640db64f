import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DomainPlaces } from '../domain/domain.ts';
import { getItem } from './items.ts';
import { keys } from './keys.ts';
import { ifConditionHolds, type Table } from './table.ts';

/** Places on the table: a set of names beside the account. */
export function domainPlaces(table: Table): DomainPlaces {
  const update = (account: string, verb: 'ADD' | 'DELETE', names: readonly string[]) => ({
    TableName: table.name,
    Key: keys.domainPlaces(account),
    UpdateExpression: `${verb} #n :names`,
    ExpressionAttributeNames: { '#n': 'names' },
    ExpressionAttributeValues: { ':names': new Set(names) },
  });
  return {
    async take(account, name, limit) {
      const { ExpressionAttributeValues, ...add } = update(account, 'ADD', [name]);
      const guard = 'attribute_not_exists(#n) OR contains(#n, :name) OR size(#n) < :limit';
      const write = new UpdateCommand({
        ...add,
        ...(limit === null ? {} : { ConditionExpression: guard }),
        ExpressionAttributeValues: {
          ...ExpressionAttributeValues,
          ...(limit === null ? {} : { ':name': name, ':limit': limit }),
        },
      });
      return (await ifConditionHolds(table.client.send(write))) !== undefined;
    },
    async free(account, names) {
      if (names.length === 0) return;
      await table.client.send(new UpdateCommand(update(account, 'DELETE', names)));
    },
    async list(account) {
      const item = await getItem(table, keys.domainPlaces(account));
      return [...((item?.names as Set<string> | undefined) ?? [])];
    },
  };
}
