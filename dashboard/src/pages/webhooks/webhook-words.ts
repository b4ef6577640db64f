import type { Schema } from '../../api/client.ts';
import type { Tone } from '../../components/status-badge.tsx';

/** An endpoint of the API, never its secret. */
export type Endpoint = Schema<'WebhookEndpoint'>;
/** What was or will be sent to an endpoint, with its attempts. */
export type Delivery = Schema<'WebhookDelivery'>;
/** Something that an endpoint can be told of. */
export type WebhookEvent = Endpoint['events'][number];

type EventWords = {
  readonly value: WebhookEvent;
  readonly label: string;
  readonly description: string;
};

/** Every event with what it means, the usual ones first. */
export const EVENTS: readonly EventWords[] = [
  {
    value: 'email.delivered',
    label: 'Delivered',
    description: 'The recipient’s mail server accepted the message.',
  },
  {
    value: 'email.bounced',
    label: 'Bounced',
    description: 'The recipient’s mail server refused it, for good or for now.',
  },
  {
    value: 'email.complained',
    label: 'Complained',
    description: 'The recipient marked it as spam.',
  },
  { value: 'email.sent', label: 'Sent', description: 'Amazon SES took the message.' },
  {
    value: 'email.delivery_delayed',
    label: 'Delayed',
    description: 'The recipient’s mail server does not take it for now.',
  },
  { value: 'email.failed', label: 'Failed', description: 'It will not be sent.' },
];

/** What a new endpoint is told of unless its owner says otherwise. */
export const USUAL_EVENTS: readonly WebhookEvent[] = [
  'email.delivered',
  'email.bounced',
  'email.complained',
];

/** The events of an endpoint in a few words. */
export function eventsInWords(events: readonly WebhookEvent[]): string {
  if (events.length === EVENTS.length) return 'All events';
  const chosen = EVENTS.filter(({ value }) => events.includes(value));
  return chosen.map(({ label }) => label).join(', ');
}

/** The statuses of a delivery, with their colour and words. */
export const DELIVERY_STATUSES: Readonly<Record<Delivery['status'], readonly [Tone, string]>> = {
  pending: ['waiting', 'Pending'],
  succeeded: ['good', 'Succeeded'],
  failed: ['bad', 'Failed'],
};

/** How to check a signature with the package of the standard that signatures follow. */
export const VERIFY_CODE = `import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.WEBHOOK_SECRET); // whsec_…

// Throws unless it is from us, unchanged and fresh.
// body: the request's text as it arrived, before it is parsed.
export function readEvent(body, headers) {
  return webhook.verify(body, headers);
}`;
