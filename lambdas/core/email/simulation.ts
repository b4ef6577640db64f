import type { Email } from './email.ts';
import { mailOf } from './event-tags.ts';
import { recipientsOf } from './send-request.ts';

/** An event in SES's form, and when it is to be seen: seconds from the send. */
export type SimulatedEvent = { readonly event: object; readonly delaySeconds: number };

/** One thing that happens to a recipient, so many milliseconds after the mail was accepted. */
type Step = { readonly after: number; readonly what: (address: string, at: string) => object };

/** How much later the delivery of a delayed mail comes. */
const DELAY = 30_000;

const delivered = (after: number): Step => ({
  after,
  what: (address, timestamp) => ({
    eventType: 'Delivery',
    delivery: { timestamp, recipients: [address], smtpResponse: '250 2.0.0 simulated' },
  }),
});

const bounced: Step = {
  after: 100,
  what: (emailAddress, timestamp) => ({
    eventType: 'Bounce',
    bounce: {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [
        {
          emailAddress,
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'smtp; 550 5.1.1 simulated: user unknown',
        },
      ],
      timestamp,
    },
  }),
};

const complained: Step = {
  after: 200,
  what: (emailAddress, timestamp) => ({
    eventType: 'Complaint',
    complaint: {
      complainedRecipients: [{ emailAddress }],
      timestamp,
      complaintSubType: null,
      complaintFeedbackType: 'abuse',
    },
  }),
};

const delayed: Step = {
  after: 100,
  what: (emailAddress, timestamp) => ({
    eventType: 'DeliveryDelay',
    deliveryDelay: {
      timestamp,
      delayType: 'TransientCommunicationFailure',
      delayedRecipients: [
        {
          emailAddress,
          status: '4.4.1',
          diagnosticCode: 'smtp; 421 4.4.1 simulated: no answer',
        },
      ],
    },
  }),
};

/** docs/api.md, "Test keys": the outcome of a test email, by the recipient's local part before any `+`. */
const OUTCOMES: ReadonlyMap<string, readonly Step[]> = new Map([
  ['bounced', [bounced]],
  ['complained', [delivered(100), complained]],
  ['delayed', [delayed, delivered(100 + DELAY)]],
]);
const OTHERWISE: readonly Step[] = [delivered(100)];

const localPart = (address: string) =>
  address.slice(0, address.lastIndexOf('@')).split('+')[0] ?? '';

/**
 * The events that SES would report for a test key's mail, in SES's own form. Their times follow from the
 * email's, so that a repetition makes the same events.
 */
export function simulatedEvents(email: Email, attempt: number): SimulatedEvent[] {
  const recipients = recipientsOf(email);
  const sentAt = Date.parse(email.createdAt);
  const mail = {
    ...mailOf(email, attempt),
    messageId: `test-${email.id}`,
    destination: recipients.map((each) => each.ascii),
  };
  const outcomes = recipients.flatMap(({ key, ascii }) =>
    (OUTCOMES.get(localPart(key)) ?? OTHERWISE).map(({ after, what }) => ({
      event: { ...what(ascii, new Date(sentAt + after).toISOString()), mail },
      delaySeconds: Math.floor(after / 1000),
    })),
  );
  return [{ event: { eventType: 'Send', mail, send: {} }, delaySeconds: 0 }, ...outcomes];
}
