import * as v from 'valibot';

/** deliver-email's environment, as the template sets it. */
export const envSchema = v.object({
  TABLE_NAME: v.string(),
  CONTENT_BUCKET: v.string(),
  SEND_QUEUE_URL: v.string(),
  /** Where what can never be delivered is parked, with a reason. */
  DEAD_LETTER_QUEUE_URL: v.string(),
  /** Where events of our own go, a test key's simulated ones and those of emails given up: record-event's queue. */
  EVENT_QUEUE_URL: v.string(),
  CONFIGURATION_SET: v.string(),
  /** Divisor of the time table; 1 in production. */
  TIME_SCALE: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
