import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { LIMITS } from '../contract/limits.ts';
import type { Page, PageQuery } from '../value/page.ts';
import type { PageInput } from './input.ts';
import { Refusal } from './refusal.ts';
import { json, type Reply } from './request.ts';

const cursorSchema = v.strictObject({ list: v.string(), position: v.string() });

const broken = () =>
  new Refusal(
    'Validation failed',
    "The 'cursor' does not belong to this list. Use the 'nextCursor' of an earlier page with the same filters, or omit 'cursor' to start from the first page.",
  );

/** What a cursor is bound to: whose list it is and how it is filtered. */
function listDigest(list: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 16);
}

/** An opaque cursor for a position in a list; `list` names whose list it is and how it is filtered. */
export function writeCursor(list: readonly unknown[], position: string): string {
  const text = JSON.stringify({ list: listDigest(list), position });
  return Buffer.from(text).toString('base64url');
}

/**
 * The position of a cursor that {@link writeCursor} made for the same list.
 *
 * @throws Refusal `Validation failed` for a broken or a foreign one
 */
export function readCursor(list: readonly unknown[], cursor: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw broken();
  }
  const result = v.safeParse(cursorSchema, parsed);
  if (!result.success || result.output.list !== listDigest(list)) throw broken();
  return result.output.position;
}

/** Where a list's entries are large: how many are read at once, and when an answer holds enough of them. */
export type PageBounds<Entry> = {
  readonly atOnce: number;
  isFull(entries: readonly Entry[]): boolean;
};

const UNBOUNDED: PageBounds<unknown> = { atOnce: LIMITS.pageSize.most, isFull: () => false };

/** Reads pages until `limit` entries are visible, the list ends, or enough was read for one answer. */
export async function collect<Entry>(
  { limit, ...from }: PageQuery,
  read: (query: PageQuery) => Promise<Page<Entry>>,
  isVisible: (entry: Entry) => boolean,
  { atOnce, isFull }: PageBounds<Entry> = UNBOUNDED,
): Promise<Page<Entry>> {
  const entries: Entry[] = [];
  let position = from.position ?? null;
  let reads = 0;
  do {
    const wanted = Math.min(limit - entries.length, atOnce);
    const page = await read({ limit: wanted, ...(position === null ? {} : { position }) });
    entries.push(...page.entries.filter(isVisible));
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

/** A list that an answer shows a page of. */
export type PagedList<Entry> = {
  /** Whose list it is, which one, and how it is filtered: a cursor works for the same list only. */
  readonly list: readonly unknown[];
  read(query: PageQuery): Promise<Page<Entry>>;
  /** @default every entry */
  isVisible?(entry: Entry): boolean;
  view(entry: Entry): unknown;
  readonly bounds?: PageBounds<Entry>;
};

/**
 * The answer with the page that was asked for.
 *
 * @throws Refusal `Validation failed` for a cursor of another list
 */
export async function pageReply<Entry>(
  { limit, cursor }: PageInput,
  { list, read, isVisible = () => true, view, bounds }: PagedList<Entry>,
): Promise<Reply> {
  const start = cursor === undefined ? {} : { position: readCursor(list, cursor) };
  const { entries, position } = await collect({ limit, ...start }, read, isVisible, bounds);
  const data = await Promise.all(entries.map(view));
  const nextCursor = position === null ? null : writeCursor(list, position);
  return json(200, { data, nextCursor });
}
