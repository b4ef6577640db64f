import * as v from 'valibot';
import { environment } from '../value/environment.ts';
import { keyIdSchema } from '../value/id.ts';
import { instant } from '../value/time.ts';
import type { ApiKey } from './api-key.ts';

const apiKey = {
  /** SHA-256 of the key's text. */
  id: keyIdSchema,
  name: v.string(),
  environment,
  scope: v.picklist(['send', 'full']),
  domain: v.nullable(v.string()),
  prefix: v.picklist(['ml_live_', 'ml_test_']),
  last4: v.string(),
  createdAt: instant,
  lastUsedAt: v.nullable(instant),
  revokedAt: v.nullable(instant),
};

/** A key as its owner sees it; never its text. */
export const apiKeySchema = v.pipe(v.strictObject(apiKey), v.title('ApiKey'));

/** A key with its text, which is shown this once. */
export const createdKeySchema = v.pipe(
  v.strictObject({ ...apiKey, key: v.string() }),
  v.title('CreatedApiKey'),
);

/** What {@link apiKeySchema} says, of one key. */
export function apiKeyView(key: ApiKey): v.InferOutput<typeof apiKeySchema> {
  return {
    id: key.id,
    name: key.name,
    environment: key.environment,
    scope: key.scope,
    domain: key.domain ?? null,
    prefix: `ml_${key.environment}_`,
    last4: key.last4,
    createdAt: key.createdAt,
    lastUsedAt: key.lastUsedAt ?? null,
    revokedAt: key.revokedAt ?? null,
  };
}
