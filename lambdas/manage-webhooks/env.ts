import * as v from 'valibot';

/** manage-webhooks' environment, as the template sets it. */
export const envSchema = v.object({
  TABLE_NAME: v.string(),
  WEBHOOK_QUEUE_URL: v.string(),
  /** Id of the KMS key that encrypts signing secrets. */
  SECRET_KEY_ID: v.string(),
  /** JSON of `Plans`. */
  PLANS: v.string(),
  USER_POOL_ID: v.string(),
  /** The only client of the pool whose tokens are taken. */
  USER_POOL_CLIENT_ID: v.string(),
  /** Days that a delivery is kept. */
  RETENTION_DAYS: v.string(),
  /** Ports that webhooks may go to, joined by commas. */
  WEBHOOK_PORTS: v.string(),
  /** Divisor of the time table; 1 in production. */
  TIME_SCALE: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
