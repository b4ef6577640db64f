import { EVENT_TAGS } from '../contract/messages.ts';
import type { Email } from './email.ts';
import { recipientsOf } from './send-request.ts';

/** Recipients whose test mail is sent but not delivered (contract, part 2). */
const UNDELIVERED = new Set(['bounced']);

const localPart = (address: string) =>
  address.slice(0, address.lastIndexOf('@')).split('+')[0] ?? '';

/**
 * The events that SES would report for a test key's mail, in SES's own form. Their times are those of the
 * email, so that a repetition makes the same events.
 */
export function simulatedEvents(email: Email, attempt: number): object[] {
  const recipients = recipientsOf(email);
  const mail = {
    timestamp: email.createdAt,
    messageId: `test-${email.id}`,
    destination: recipients.map((each) => each.ascii),
    tags: {
      [EVENT_TAGS.account]: [email.account],
      [EVENT_TAGS.email]: [email.id],
      [EVENT_TAGS.nonce]: [email.nonce],
      [EVENT_TAGS.attempt]: [String(attempt)],
    },
  };
  const delivered = recipients.filter(({ key }) => !UNDELIVERED.has(localPart(key)));
  return [
    { eventType: 'Send', mail, send: {} },
    ...delivered.map((each) => ({
      eventType: 'Delivery',
      mail,
      delivery: { timestamp: email.createdAt, recipients: [each.ascii] },
    })),
  ];
}
