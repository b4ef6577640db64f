import * as v from 'valibot';
import { EVENT_TAGS } from '../contract/messages.ts';
import { parseMailbox } from './address.ts';
import type { Email, Fact } from './email.ts';
import type { EmailRef } from './email-store.ts';
import { recipientsOf } from './send-request.ts';

const tagValue = v.pipe(
  v.tuple([v.string()]),
  v.transform(([value]) => value),
);
const time = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'must be a time'),
  v.transform((text) => new Date(text).toISOString()),
);

const mail = v.object({
  timestamp: time,
  tags: v.object({
    [EVENT_TAGS.account]: tagValue,
    [EVENT_TAGS.email]: tagValue,
    [EVENT_TAGS.nonce]: tagValue,
  }),
});

/** An SES event as it comes through SNS, as far as it is used; further fields are let be. */
export const sesEventSchema = v.variant('eventType', [
  v.object({ eventType: v.literal('Send'), mail }),
  v.object({
    eventType: v.literal('Delivery'),
    mail,
    delivery: v.object({ timestamp: time, recipients: v.array(v.string()) }),
  }),
]);
export type SesEvent = v.InferOutput<typeof sesEventSchema>;

/** Which email the event is about, by the tags that were sent with it. */
export function emailOf({ mail: { tags } }: SesEvent): EmailRef {
  return {
    account: tags[EVENT_TAGS.account],
    id: tags[EVENT_TAGS.email],
    nonce: tags[EVENT_TAGS.nonce],
  };
}

function keyOf(address: string): string {
  const parsed = parseMailbox(address);
  return 'mailbox' in parsed ? parsed.mailbox.key : address.toLowerCase();
}

/** What the event says of the email; a recipient that the email does not have is named in `strangers`. */
export function factsOf(event: SesEvent, email: Email): { facts: Fact[]; strangers: number } {
  if (event.eventType === 'Send') {
    return { facts: [{ type: 'sent', at: event.mail.timestamp }], strangers: 0 };
  }
  const { timestamp: at, recipients } = event.delivery;
  const keys = recipientsOf(email).map((each) => each.key);
  const indexes = recipients.map((address) => keys.indexOf(keyOf(address)));
  const known = indexes.filter((index) => index >= 0);
  const facts = known.map((recipient): Fact => ({ type: 'delivered', recipient, at }));
  return { facts, strangers: indexes.length - known.length };
}
