import * as v from 'valibot';

/** park-email's environment, as the template sets it. */
export const envSchema = v.object({
  TABLE_NAME: v.string(),
  /** Where the messages end up, with a reason. */
  DEAD_LETTER_QUEUE_URL: v.string(),
  /** Where it is reported that an email was given up: record-event's queue. */
  EVENT_QUEUE_URL: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
