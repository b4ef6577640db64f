import { createHash, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import type { Environment } from './environment.ts';

const HEX_24 = /^[0-9a-f]{24}$/;

/** The id of an account, an email or a webhook endpoint: 24 lower-case hex digits. */
export const hexId = v.pipe(v.string(), v.regex(HEX_24));

/** The id of an API key: the SHA-256 of its text, in hex. */
export const keyIdSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** The id of a webhook delivery, see {@link deliveryId}. */
export const deliveryIdSchema = v.pipe(v.string(), v.regex(/^msg_[0-9a-z]{9}_[0-9a-f]{24}$/));

const digestOf = (values: readonly unknown[]) =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 24);

/** A random id of 24 hex digits: an email's, an endpoint's, or the nonce of one accept. */
export function randomId(): string {
  return randomBytes(12).toString('hex');
}

/** The id of an email that was sent with an idempotency key: the same key, account and environment give the same id. */
export function idempotentId(account: string, environment: Environment, key: string): string {
  return digestOf([account, environment, key]);
}

/** The id of the key with this text, under which it is stored. */
export function keyId(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Base-36 digits of a time in epoch milliseconds: enough until the year 5188. */
const TIME_DIGITS = 9;

/**
 * The `webhook-id` of an event for an endpoint: `msg_`, the time in base 36, `_`, a digest. The same event
 * and endpoint have the same one, and ids sort by time.
 *
 * @param at when the event happened, ISO 8601
 * @param event all that tells the event from others
 */
export function deliveryId(at: string, endpoint: string, event: readonly unknown[]): string {
  const time = Math.max(0, Date.parse(at)).toString(36).padStart(TIME_DIGITS, '0');
  return `msg_${time}_${digestOf([endpoint, at, ...event])}`;
}
