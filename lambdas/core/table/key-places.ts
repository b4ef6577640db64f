import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { KeyPlace, KeyPlaces } from '../api-key/api-key.ts';
import { getItem } from './items.ts';
import { keys } from './keys.ts';
import { ifConditionHolds, type Table } from './table.ts';

const written = ({ createdAt, id }: KeyPlace) => `${createdAt}#${id}`;

function read(text: string): KeyPlace {
  const [createdAt = '', id = ''] = text.split('#');
  return { createdAt, id };
}

/** Places on the table: a set beside the account, of each key's moment and id. */
export function keyPlaces(table: Table): KeyPlaces {
  return {
    async take(account, place, limit) {
      const one = written(place);
      const write = new UpdateCommand({
        TableName: table.name,
        Key: keys.keyPlaces(account),
        UpdateExpression: 'ADD places :places',
        ConditionExpression:
          'attribute_not_exists(places) OR contains(places, :place) OR size(places) < :limit',
        ExpressionAttributeValues: { ':places': new Set([one]), ':place': one, ':limit': limit },
      });
      return (await ifConditionHolds(table.client.send(write))) !== undefined;
    },
    async free(account, places) {
      if (places.length === 0) return;
      await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: keys.keyPlaces(account),
          UpdateExpression: 'DELETE places :places',
          ExpressionAttributeValues: { ':places': new Set(places.map(written)) },
        }),
      );
    },
    async list(account) {
      const item = await getItem(table, keys.keyPlaces(account));
      return [...((item?.places as Set<string> | undefined) ?? [])].map(read);
    },
  };
}
