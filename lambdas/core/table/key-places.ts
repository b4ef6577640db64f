import type { KeyPlace, KeyPlaces } from '../api-key/api-key.ts';
import { keys } from './keys.ts';
import { limitedSet } from './places.ts';
import type { Table } from './table.ts';

const written = ({ createdAt, id }: KeyPlace) => `${createdAt}#${id}`;

function read(text: string): KeyPlace {
  const [createdAt = '', id = ''] = text.split('#');
  return { createdAt, id };
}

/** Places on the table: a set beside the account, of each key's moment and id. */
export function keyPlaces(table: Table): KeyPlaces {
  const places = limitedSet(table, { keyOf: keys.keyPlaces, attribute: 'places' });
  return {
    take: (account, place, limit) => places.take(account, written(place), limit),
    free: (account, freed) => places.free(account, freed.map(written)),
    list: async (account) => (await places.list(account)).map(read),
  };
}
