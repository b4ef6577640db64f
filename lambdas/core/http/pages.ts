import { LIMITS } from '../contract/limits.ts';

/** Where a list begins and how much of it is wanted. */
export type PageQuery = { readonly limit: number; readonly position?: string };
/** What a store gives of a list, and where the next page begins. */
export type Page<Entry> = { readonly entries: readonly Entry[]; readonly position: string | null };

/** Where a list's entries are large: how many are read at once, and when an answer holds enough of them. */
export type Bounds<Entry> = {
  readonly atOnce: number;
  isFull(entries: readonly Entry[]): boolean;
};

const UNBOUNDED: Bounds<unknown> = { atOnce: LIMITS.pageSize.most, isFull: () => false };

/** Reads pages until `limit` entries are kept, the list ends, or enough was read for one answer. */
export async function collect<Entry>(
  { limit, ...from }: PageQuery,
  read: (query: PageQuery) => Promise<Page<Entry>>,
  keep: (entry: Entry) => boolean,
  { atOnce, isFull }: Bounds<Entry> = UNBOUNDED,
): Promise<Page<Entry>> {
  const entries: Entry[] = [];
  let position = from.position ?? null;
  let reads = 0;
  do {
    const wanted = Math.min(limit - entries.length, atOnce);
    const page = await read({ limit: wanted, ...(position === null ? {} : { position }) });
    entries.push(...page.entries.filter(keep));
    position = page.position;
    reads += wanted;
  } while (
    position !== null &&
    entries.length < limit &&
    reads < LIMITS.pageReads &&
    !isFull(entries)
  );
  return { entries, position };
}
