import * as v from 'valibot';

const hex24 = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/));
const environment = v.picklist(['live', 'test']);

/** What accept-email puts on the send queue: "go and look at this record". */
export const sendMessageSchema = v.object({
  account: hex24,
  id: hex24,
  environment,
  /** The accept that wrote the message; its record bears the same unless another accept won. */
  nonce: hex24,
  /** When the message was written, epoch milliseconds. */
  at: v.pipe(v.number(), v.integer()),
});
export type SendMessage = v.InferOutput<typeof sendMessageSchema>;

/**
 * A message of the webhook queue: one webhook for one endpoint. `event` is there until the delivery has an
 * item of its own; from then on the item says what is sent, and when.
 */
export const webhookMessageSchema = v.object({
  account: hex24,
  endpoint: hex24,
  /** The delivery's id, which is the `webhook-id`. */
  id: v.pipe(v.string(), v.regex(/^msg_[0-9a-z]{9}_[0-9a-f]{24}$/)),
  event: v.optional(
    v.object({
      type: v.string(),
      emailId: hex24,
      environment,
      /** The bytes that are signed and sent. */
      body: v.string(),
    }),
  ),
});
export type WebhookMessage = v.InferOutput<typeof webhookMessageSchema>;

/** SES message tags on each send; SES repeats them in every event (`mail.tags`, arrays of strings). */
export const EVENT_TAGS = {
  account: 'ml-account',
  email: 'ml-email',
  nonce: 'ml-nonce',
  attempt: 'ml-attempt',
  environment: 'ml-environment',
} as const;

/** Type of the event by which our own functions say that they gave an email up; in SES's form, with our tags. */
export const GAVE_UP = 'Gave Up';

/** Message attribute of a parked message: why it lies in the dead-letter queue. */
export const PARK_REASON = 'reason';
