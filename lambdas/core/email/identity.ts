import { createHash } from 'node:crypto';
import type { SendRequest } from './send-request.ts';

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
