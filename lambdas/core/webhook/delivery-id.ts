import { createHash } from 'node:crypto';

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
  const hash = createHash('sha256').update(JSON.stringify([endpoint, at, ...event]));
  return `msg_${time}_${hash.digest('hex').slice(0, 24)}`;
}
