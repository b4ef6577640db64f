import type { DomainPlaces } from '../domain/domain.ts';
import { keys } from './keys.ts';
import { limitedSet } from './places.ts';
import type { Table } from './table.ts';

/** Places on the table: a set of names beside the account. */
export function domainPlaces(table: Table): DomainPlaces {
  return limitedSet(table, { keyOf: keys.domainPlaces, attribute: 'names' });
}
