import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { Refusal } from './refusal.ts';

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
