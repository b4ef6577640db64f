import { randomBytes } from 'node:crypto';
import { deliveryId } from '../../lambdas/core/value/id.ts';
import type { Delivery } from '../../lambdas/core/webhook/delivery.ts';
import type { Endpoint, EndpointRef } from '../../lambdas/core/webhook/endpoint.ts';

/** A moment from which these tests count. */
export const NOW = Date.parse('2026-11-23T12:00:00.000Z');

/** `seconds` after that moment, ISO 8601. */
export const at = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();

/** A fresh id, mark or owner. */
export const hex24 = () => randomBytes(12).toString('hex');

/** The coordinates of an endpoint that nothing is known about. */
export const aRef = (): EndpointRef => ({ account: hex24(), endpoint: hex24() });

/** An endpoint with an account of its own. */
export function anEndpoint(more: Partial<Endpoint> = {}): Endpoint {
  return {
    id: hex24(),
    account: hex24(),
    url: 'https://hooks.example.com/mail',
    environment: 'live',
    events: ['email.delivered', 'email.bounced'],
    secrets: [{ ciphertext: 'c2VjcmV0', createdAt: at(0) }],
    createdAt: at(0),
    ...more,
  };
}

/** The coordinates of an endpoint. */
export const refOf = ({ account, id }: Endpoint): EndpointRef => ({ account, endpoint: id });

/** A delivery that is to be made `seconds` after {@link NOW}. */
export function aDelivery(seconds = 0, more: Partial<Delivery> = {}): Delivery {
  const ref = aRef();
  const emailId = hex24();
  return {
    ...ref,
    id: deliveryId(at(seconds), more.endpoint ?? ref.endpoint, [emailId]),
    event: 'email.delivered',
    environment: 'live',
    emailId,
    body: `{"event":"email.delivered","emailId":"${emailId}"}`,
    createdAt: at(seconds),
    status: 'pending',
    tries: 0,
    nextAt: NOW,
    attempts: [],
    mark: hex24(),
    ...more,
  };
}
