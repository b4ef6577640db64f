import * as v from 'valibot';
import { apiEnv } from '../core/contract/api-env.ts';

/** manage-webhooks' environment, as the template sets it. */
export const envSchema = v.object({
  ...apiEnv,
  WEBHOOK_QUEUE_URL: v.string(),
  /** Id of the KMS key that encrypts signing secrets. */
  SECRET_KEY_ID: v.string(),
  /** Days that a delivery is kept. */
  RETENTION_DAYS: v.string(),
  /** Ports that webhooks may go to, joined by commas. */
  WEBHOOK_PORTS: v.string(),
  /** Divisor of the time table; 1 in production. */
  TIME_SCALE: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
