import * as v from 'valibot';

/** notify-owners' environment, as the template sets it. */
export const envSchema = v.object({
  TABLE_NAME: v.string(),
  CONTENT_BUCKET: v.string(),
  SEND_QUEUE_URL: v.string(),
  /** Days that an email is kept. */
  RETENTION_DAYS: v.string(),
  /** Divisor of the time table; 1 in production. */
  TIME_SCALE: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
