import type { Email } from '../email/email.ts';
import { decodeFact, encodeFact } from '../email/fact.ts';
import type { Item } from './items.ts';
import { keys, lists } from './keys.ts';
import { expiresAt } from './table.ts';

/** The place of an email in its lists: by time, then id. */
export function positionOf(email: Pick<Email, 'createdAt' | 'id'>): string {
  return `${email.createdAt}#${email.id}`;
}

/**
 * The record as an item; `retentionDays` count from when it was accepted. A fact is a key of a map, all of
 * it, so that writing it twice is writing it once.
 */
export function toItem(email: Email, retentionDays: number): Item {
  const { facts, ...record } = email;
  return {
    ...keys.email(email.account, email.id),
    gsi1pk: lists.emails(email.account, email.environment),
    gsi1sk: positionOf(email),
    ttl: expiresAt(Date.parse(email.createdAt), retentionDays),
    ...record,
    facts: Object.fromEntries(facts.map((fact) => [encodeFact(fact), 1])),
  };
}

/** The email of an item; undefined for a tombstone, which bears only nonces that were given up. */
export function toEmail(item: Item | undefined): Email | undefined {
  if (!item?.nonce) return undefined;
  const { pk, sk, gsi1pk, gsi1sk, ttl, abandoned, facts, ...record } = item;
  const known = Object.keys((facts ?? {}) as object).map(decodeFact);
  return { ...record, facts: known } as unknown as Email;
}
