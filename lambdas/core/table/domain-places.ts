import type { DomainPlaces } from '../domain/domain.ts';
import { keys } from './keys.ts';
import { placesAt } from './places.ts';
import type { Table } from './table.ts';

/** Places on the table: a set of names beside the account. */
export function domainPlaces(table: Table): DomainPlaces {
  return placesAt(table, { keyOf: keys.domainPlaces, attribute: 'names' });
}
