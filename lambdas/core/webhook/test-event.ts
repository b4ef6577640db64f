import * as v from 'valibot';
import type { Email } from '../email/email.ts';
import { KINDS } from '../email/events/kinds.ts';
import { deliveryId, randomId } from '../value/id.ts';
import type { Delivery } from './delivery.ts';
import type { Endpoint, WebhookEvent } from './endpoint.ts';
import { webhookEvent } from './endpoint-request.ts';
import { webhooksOf } from './webhook-event.ts';

/** Body of `POST /api/v1/webhooks/{id}/test`. */
export const webhookTestSchema = v.pipe(
  v.strictObject({ event: v.nullish(webhookEvent) }),
  v.title('WebhookTest'),
);

/** An email that does not exist, as a record would hold it. */
const SAMPLE: Email = {
  id: '0'.repeat(24),
  account: '0'.repeat(24),
  environment: 'live',
  from: 'shop@example.com',
  to: 'ada@example.com',
  subject: 'A test of this webhook',
  createdAt: new Date(0).toISOString(),
  fingerprint: '',
  nonce: '',
  sendBy: 0,
  phase: 'sent',
  attempt: 1,
  unanswered: 0,
  taken: true,
  facts: [],
};

/** The body of a real event of this kind, made as real ones are, about an email that does not exist. */
function testBody(event: WebhookEvent, at: string): string {
  const kinds = KINDS.filter(({ webhook }) => webhook.event === event);
  const facts = kinds.map(({ sample }) => ({ ...sample, at }));
  return JSON.stringify(webhooksOf(SAMPLE, facts)[0]?.body);
}

/** When a delivery that begins is tried, and when the sweeper looks after it (epoch milliseconds). */
export type Beginning = { readonly now: number; readonly dueAt: number };

/** A delivery for the endpoint, different from every other one. */
export function testDelivery(
  endpoint: Endpoint,
  event: WebhookEvent,
  { now, dueAt }: Beginning,
): Delivery {
  const createdAt = new Date(now).toISOString();
  return {
    account: endpoint.account,
    endpoint: endpoint.id,
    id: deliveryId(createdAt, endpoint.id, ['test', randomId()]),
    event,
    environment: endpoint.environment,
    emailId: null,
    body: testBody(event, createdAt),
    createdAt,
    status: 'pending',
    tries: 0,
    nextAt: now,
    dueAt,
    attempts: [],
    mark: randomId(),
  };
}

/** The same delivery at the beginning of its schedule; what was tried before stays listed. */
export function begunAnew(
  { reason: _ended, ...delivery }: Delivery,
  { now, dueAt }: Beginning,
): Delivery {
  return { ...delivery, status: 'pending', tries: 0, nextAt: now, dueAt, mark: randomId() };
}
