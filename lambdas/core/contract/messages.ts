import * as v from 'valibot';

const hex24 = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/));

/** What accept-email puts on the send queue: "go and look at this record". */
export const sendMessageSchema = v.object({
  account: hex24,
  id: hex24,
  environment: v.picklist(['live', 'test']),
  /** The accept that wrote the message; its record bears the same unless another accept won. */
  nonce: hex24,
  /** When the message was written, epoch milliseconds. */
  at: v.pipe(v.number(), v.integer()),
});
export type SendMessage = v.InferOutput<typeof sendMessageSchema>;

/** SES message tags on each send; SES repeats them in every event (`mail.tags`, arrays of strings). */
export const EVENT_TAGS = {
  account: 'ml-account',
  email: 'ml-email',
  nonce: 'ml-nonce',
  attempt: 'ml-attempt',
} as const;

/** Message attribute of a parked message: why it lies in the dead-letter queue. */
export const PARK_REASON = 'reason';
