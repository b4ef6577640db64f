import * as v from 'valibot';
import { environment } from '../value/environment.ts';
import { hexId } from '../value/id.ts';
import { instant } from '../value/time.ts';
import { DELIVERY_STATUSES, type Delivery } from './delivery.ts';
import { type Endpoint, WEBHOOK_EVENTS } from './endpoint.ts';

const event = v.picklist(WEBHOOK_EVENTS);

const endpoint = {
  id: hexId,
  url: v.string(),
  environment,
  events: v.array(event),
  description: v.nullable(v.string()),
  status: v.picklist(['enabled', 'disabled']),
  disabledReason: v.nullable(v.string()),
  disabledAt: v.nullable(instant),
  createdAt: instant,
};

/** An endpoint as its owner sees it; never its secrets. */
export const endpointSchema = v.pipe(v.strictObject(endpoint), v.title('WebhookEndpoint'));

/** An endpoint with the secret that signs its webhooks, which is shown this once. */
export const endpointSecretSchema = v.pipe(
  v.strictObject({ ...endpoint, secret: v.string() }),
  v.title('WebhookEndpointWithSecret'),
);

const attempt = v.strictObject({
  at: instant,
  durationMs: v.number(),
  status: v.nullable(v.pipe(v.number(), v.integer())),
  error: v.nullable(v.string()),
  answer: v.nullable(v.string()),
});

/** A delivery as its owner sees it, with every try that is kept. */
export const deliverySchema = v.pipe(
  v.strictObject({
    id: v.string(),
    event,
    environment,
    emailId: v.nullable(hexId),
    status: v.picklist(DELIVERY_STATUSES),
    reason: v.nullable(v.string()),
    createdAt: instant,
    nextAttemptAt: v.nullable(instant),
    body: v.string(),
    attempts: v.array(attempt),
  }),
  v.title('WebhookDelivery'),
);

/** What {@link endpointSchema} says, of one endpoint. */
export function endpointView(endpoint: Endpoint): v.InferOutput<typeof endpointSchema> {
  const { id, url, environment, events, description, disabled, createdAt } = endpoint;
  return {
    id,
    url,
    environment,
    events: [...events],
    description: description ?? null,
    status: disabled ? 'disabled' : 'enabled',
    disabledReason: disabled?.reason ?? null,
    disabledAt: disabled?.at ?? null,
    createdAt,
  };
}

/** What {@link deliverySchema} says, of one delivery. */
export function deliveryView(delivery: Delivery): v.InferOutput<typeof deliverySchema> {
  const { id, event, environment, emailId, status, createdAt, body } = delivery;
  const next = status === 'pending' ? delivery.nextAt : undefined;
  return {
    id,
    event,
    environment,
    emailId,
    status,
    reason: delivery.reason ?? null,
    createdAt,
    nextAttemptAt: next === undefined ? null : new Date(next).toISOString(),
    body,
    attempts: delivery.attempts.map(({ at, durationMs, status: answered, error, answer }) => ({
      at,
      durationMs,
      status: answered,
      error,
      answer,
    })),
  };
}
