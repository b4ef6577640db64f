import { createHash, randomBytes } from 'node:crypto';
import type { Environment } from '../api-key/api-key.ts';
import type { SendRequest } from './send-request.ts';

/** A random mark of 24 hex digits: an email's id, or the nonce of one accept. */
export function randomId(): string {
  return randomBytes(12).toString('hex');
}

/** The id that follows from an idempotency key: the same key, account and environment, the same id. */
export function idempotentId(account: string, environment: Environment, key: string): string {
  const hash = createHash('sha256').update(JSON.stringify([account, environment, key]));
  return hash.digest('hex').slice(0, 24);
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, canonical(inner)]);
}

/** Equal for requests that are the same JSON value, whatever their spacing and order of keys. */
export function fingerprintOf(request: SendRequest): string {
  const hash = createHash('sha256').update(JSON.stringify(canonical(request)));
  return hash.digest('hex').slice(0, 32);
}
