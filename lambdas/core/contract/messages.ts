import * as v from 'valibot';
import { environment } from '../value/environment.ts';
import { deliveryIdSchema, hexId } from '../value/id.ts';

/** What accept-email puts on the send queue: "go and look at this record". */
export const sendMessageSchema = v.object({
  account: hexId,
  id: hexId,
  environment,
  /** The accept that wrote the message; its record bears the same unless another accept won. */
  nonce: hexId,
  /** When the message was written, epoch milliseconds. */
  at: v.pipe(v.number(), v.integer()),
});
export type SendMessage = v.InferOutput<typeof sendMessageSchema>;

/** Reads a message of the send queue; undefined where it is none. */
export function readSendMessage(json: unknown): SendMessage | undefined {
  const parsed = v.safeParse(sendMessageSchema, json);
  return parsed.success ? parsed.output : undefined;
}

/**
 * A message of the webhook queue: one webhook for one endpoint. `event` is there until the delivery has an
 * item of its own; from then on the item says what is sent, and when.
 */
export const webhookMessageSchema = v.object({
  account: hexId,
  endpoint: hexId,
  /** The delivery's id, which is the `webhook-id`. */
  id: deliveryIdSchema,
  event: v.optional(
    v.object({
      type: v.string(),
      emailId: hexId,
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
