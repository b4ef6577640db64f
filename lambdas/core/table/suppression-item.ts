import { createHash } from 'node:crypto';
import type { Suppression } from '../suppression/suppression.ts';
import type { Item } from './items.ts';
import { lists, suppressionPosition } from './keys.ts';

const RANK = { complained: 0, bounced: 1, manual: 2 } as const;

/** The last moment that a `Date` can hold, in epoch milliseconds. */
const LAST_MOMENT = 8_640_000_000_000_000;

/** Settles the order of those that are alike in all that counts. */
function digest(suppression: Suppression): string {
  const { reason, detail, emailId, createdAt, expiresAt } = suppression;
  const all = JSON.stringify([reason, detail, emailId, createdAt, expiresAt]);
  return createHash('sha256').update(all).digest('hex').slice(0, 16);
}

/** Of several entries about one address the one with the smallest order stays; equal ones are the same. */
export function orderOf(suppression: Suppression): string {
  const { reason, createdAt, expiresAt } = suppression;
  if (expiresAt === null) return `0#${RANK[reason]}#${createdAt}#${digest(suppression)}`;
  const fromTheEnd = String(LAST_MOMENT - Date.parse(expiresAt)).padStart(16, '0');
  return `1#${fromTheEnd}#${digest(suppression)}`;
}

/** Attributes of a valid entry, beyond its key; a tombstone has none of them. */
export function entryAttributes(account: string, suppression: Suppression) {
  const { address, reason, detail, emailId, createdAt, expiresAt } = suppression;
  return {
    address,
    reason,
    detail,
    emailId,
    createdAt,
    expiresAt,
    order: orderOf(suppression),
    gsi1pk: lists.suppressions(account),
    gsi1sk: suppressionPosition(createdAt, address),
  };
}

/** The suppression of an item; undefined for a tombstone and for one that has ended by `now`. */
export function toSuppression(item: Item | undefined, now: number): Suppression | undefined {
  if (item?.createdAt === undefined) return undefined;
  const { address, reason, detail, emailId, createdAt, expiresAt } = item as Suppression;
  if (expiresAt && Date.parse(expiresAt) <= now) return undefined;
  return { address, reason, detail, emailId, createdAt, expiresAt };
}
