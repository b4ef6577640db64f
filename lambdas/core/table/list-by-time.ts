import { TABLE } from '../contract/table.ts';
import type { Page, PageQuery } from '../value/page.ts';
import { getItems, type Item, queryPage } from './items.ts';
import type { Key } from './keys.ts';
import type { Table } from './table.ts';

/** Entries of the index that are read at once where all of a list is wanted. */
const PAGE = 100;

const { partitionKey, sortKey } = TABLE.byTime;

const nameOf = ({ pk, sk }: Key | Item) => `${pk}\n${sk}`;

/**
 * The items that entries of the index point to, in their order. The index lags behind the table: an item
 * that is gone, or that has moved in the meantime, is skipped.
 */
async function itemsOf(table: Table, entries: readonly Item[]): Promise<Item[]> {
  const keys = entries.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
  const found = new Map((await getItems(table, keys)).map((item) => [nameOf(item), item]));
  return entries.flatMap((entry) => {
    const item = found.get(nameOf(entry));
    const stands =
      item?.[partitionKey] === entry[partitionKey] && item?.[sortKey] === entry[sortKey];
    return item && stands ? [item] : [];
  });
}

/** Every item of a list of the index by time, newest first; for lists that stay short. */
export async function listAll(table: Table, partition: string): Promise<Item[]> {
  const entries: Item[] = [];
  let startKey: Item | undefined;
  do {
    const start = startKey ? { startKey } : {};
    const page = await queryPage(table, { partition, limit: PAGE, byTime: true, ...start });
    entries.push(...page.items);
    startKey = page.lastKey;
  } while (startKey);
  return await itemsOf(table, entries);
}

/** One page of a list of the index by time. */
export async function listPage(
  table: Table,
  partition: string,
  { limit, position }: PageQuery,
): Promise<Page<Item>> {
  // One more than asked: it is where the next page begins.
  const { items: found } = await queryPage(table, {
    partition,
    byTime: true,
    limit: limit + 1,
    ...(position ? { to: position } : {}),
  });
  const entries = await itemsOf(table, found.slice(0, limit));
  return { entries, position: (found[limit]?.[sortKey] as string | undefined) ?? null };
}
