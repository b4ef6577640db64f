import * as v from 'valibot';

/** park-email's environment, as the template sets it. */
export const envSchema = v.object({
  TABLE_NAME: v.string(),
  /** Where the messages end up, with a reason. */
  DEAD_LETTER_QUEUE_URL: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
