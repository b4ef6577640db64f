import type { Schema } from '../../api/client.ts';
import { WEBHOOKS, type WebhookEvent } from '../../components/event-words.ts';
import type { Tone } from '../../components/status-badge.tsx';

/** An endpoint of the API, never its secret. */
export type Endpoint = Schema<'WebhookEndpoint'>;
/** What was or will be sent to an endpoint, with its attempts. */
export type Delivery = Schema<'WebhookDelivery'>;
/** Every event and its meaning, the usual ones first. */
export const EVENTS = (Object.keys(WEBHOOKS) as WebhookEvent[]).map((value) => {
  const { label, description } = WEBHOOKS[value];
  return { value, label, description };
});

/** The events that a new endpoint receives unless the user chooses others. */
export const USUAL_EVENTS = EVENTS.map(({ value }) => value).filter(
  (event) => WEBHOOKS[event].usual,
);

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

/** How to check a signature with the standard's own package. */
export const VERIFY_CODE = `import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.WEBHOOK_SECRET); // whsec_…

// Throws unless the event is from us, unchanged and recent.
// body: the raw text of the request, before you parse it.
export function readEvent(body, headers) {
  return webhook.verify(body, headers);
}`;
