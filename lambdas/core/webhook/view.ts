import type { Delivery } from './delivery.ts';
import type { Endpoint } from './endpoint.ts';

/** An endpoint as its owner sees it; never its secrets. */
export function endpointView(endpoint: Endpoint) {
  const { id, url, environment, events, description, disabled, createdAt } = endpoint;
  return {
    id,
    url,
    environment,
    events,
    description: description ?? null,
    status: disabled ? 'disabled' : 'enabled',
    disabledReason: disabled?.reason ?? null,
    disabledAt: disabled?.at ?? null,
    createdAt,
  };
}

/** A delivery as its owner sees it, with every try that is kept. */
export function deliveryView(delivery: Delivery) {
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
