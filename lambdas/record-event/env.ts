import * as v from 'valibot';

/** record-event's environment, as the template sets it. */
export const envSchema = v.object({
  TABLE_NAME: v.string(),
  /** Where unreadable events are parked, with a reason. */
  DEAD_LETTER_QUEUE_URL: v.string(),
  /** Where webhooks to be delivered go. */
  WEBHOOK_QUEUE_URL: v.string(),
});
export type Env = v.InferOutput<typeof envSchema>;
