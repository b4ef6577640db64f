import { randomBytes } from 'node:crypto';
import type { Endpoint, StoredSecret } from './endpoint.ts';
import { signingSecrets } from './signature.ts';

/** Standard Webhooks: 24 to 64 bytes; 32 is what HMAC-SHA256 takes whole. */
const SECRET_BYTES = 32;
/** How long the old secret still signs after a rotation, in milliseconds: 24 h, as docs/api.md says. */
const OVERLAP = 24 * 60 * 60 * 1000;
/** Secrets that may sign at once: each adds a signature to the header of every webhook. */
const MOST_SECRETS = 5;

/** A new signing secret. */
export function newSecret(): Uint8Array {
  return randomBytes(SECRET_BYTES);
}

/** A secret as its owner keeps it: `whsec_` and base64. */
export function secretText(secret: Uint8Array): string {
  return `whsec_${Buffer.from(secret).toString('base64')}`;
}

/** Earliest time at which one more secret may be added, ISO 8601; undefined when now. */
export function rotatableAt(endpoint: Endpoint, now: number): string | undefined {
  const current = signingSecrets(endpoint, now);
  if (current.length < MOST_SECRETS) return undefined;
  return current.flatMap(({ until }) => until ?? []).sort()[0];
}

/** The endpoint's secrets with a new one in front; the one before it signs for 24 hours more. */
export function rotated(endpoint: Endpoint, ciphertext: string, now: number): StoredSecret[] {
  const until = new Date(now + OVERLAP).toISOString();
  const former = signingSecrets(endpoint, now).map((each) => ({
    ...each,
    until: each.until ?? until,
  }));
  return [{ ciphertext, createdAt: new Date(now).toISOString() }, ...former];
}
