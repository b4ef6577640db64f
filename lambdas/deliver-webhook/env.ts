import * as v from 'valibot';

/** deliver-webhook's environment, as the template sets it. */
export const envSchema = v.object({
  TABLE_NAME: v.string(),
  /** How long deliveries are kept. */
  RETENTION_DAYS: v.string(),
  WEBHOOK_QUEUE_URL: v.string(),
  /** Where messages that cannot be read are parked, with a reason. */
  DEAD_LETTER_QUEUE_URL: v.string(),
  /** The KMS key of the signing secrets. */
  SECRET_KEY_ID: v.string(),
  /** Our own host names, with commas between: no webhook may go there. */
  OWN_HOSTS: v.string(),
  /** The ports that webhooks may go to, with commas between. */
  WEBHOOK_PORTS: v.string(),
  /** How many invocations may work on endpoints whose last try did not succeed. */
  LANES: v.string(),
  /** Divisor of the time table; 1 in production. */
  TIME_SCALE: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
