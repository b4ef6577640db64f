import { createHmac } from 'node:crypto';
import type { Delivery } from './delivery.ts';
import type { Endpoint, StoredSecret } from './endpoint.ts';

/** The secrets that sign at a time (epoch milliseconds), the current one first. */
export function signingSecrets(endpoint: Endpoint, now: number): StoredSecret[] {
  return endpoint.secrets.filter(({ until }) => until === undefined || now < Date.parse(until));
}

/** What is signed, as Standard Webhooks say; `timestamp` in epoch seconds. */
export type Signed = { readonly id: string; readonly timestamp: number; readonly body: string };

/** The value of `webhook-signature`: `v1,<base64>` for each secret, in their order, with spaces between. */
export function signatureOf(
  { id, timestamp, body }: Signed,
  secrets: readonly Uint8Array[],
): string {
  const sign = (secret: Uint8Array) =>
    createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  return secrets.map((secret) => `v1,${sign(secret)}`).join(' ');
}

/**
 * The headers of one try.
 *
 * @param secrets 32 bytes each, the current one first
 * @param now when the try begins, epoch milliseconds
 */
export function webhookHeaders(
  { id, body, environment }: Pick<Delivery, 'id' | 'body' | 'environment'>,
  secrets: readonly Uint8Array[],
  now: number,
): Record<string, string> {
  const timestamp = Math.floor(now / 1000);
  return {
    'content-type': 'application/json',
    'user-agent': 'Maillayer',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatureOf({ id, timestamp, body }, secrets),
    'maillayer-environment': environment,
  };
}
