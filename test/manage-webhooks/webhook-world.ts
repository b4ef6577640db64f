import { randomBytes } from 'node:crypto';
import type { ApiKey } from '../../lambdas/core/api-key/api-key.ts';
import { deliveryStore } from '../../lambdas/core/table/delivery-store.ts';
import { endpointStore } from '../../lambdas/core/table/endpoint-store.ts';
import type { Table } from '../../lambdas/core/table/table.ts';
import type { Delivery, DeliveryStore } from '../../lambdas/core/webhook/delivery.ts';
import type { EndpointStore } from '../../lambdas/core/webhook/endpoint.ts';
import type { WebhookQueue } from '../../lambdas/core/webhook/ports.ts';
import { createHandler, type ManageWebhooksDeps } from '../../lambdas/manage-webhooks/handler.ts';
import { routes } from '../../lambdas/manage-webhooks/route.ts';
import { NOW } from '../core/email/fakes.ts';
import { call, httpEvent, httpWorld } from '../core/http/fake-http.ts';

export const DUE_LEASE = 20 * 60 * 1000;
/** A URL that the fake way out has nothing against. */
export const URL_OK = 'https://hooks.example.org/maillayer';
/** One that it refuses. */
export const URL_BAD = 'https://127.0.0.1/';

export const hex24 = () => randomBytes(12).toString('hex');

type Sent = {
  readonly id: string;
  readonly delaySeconds: number;
  readonly found: Delivery | undefined;
};
type Path = { readonly id?: string; readonly deliveryId?: string };
type Given = { readonly body?: unknown; readonly query?: Record<string, string> };

/** A ciphertext that tests can read: what it is bound to, and the secret. */
function seal(account: string, endpoint: string, secret: Uint8Array): string {
  const text = Buffer.from(secret).toString('base64');
  return Buffer.from(JSON.stringify([account, endpoint, text])).toString('base64');
}

/** The secret of such a ciphertext, for whom it was made only. */
export function unseal(account: string, endpoint: string, ciphertext: string): Uint8Array {
  const [by, of, text] = JSON.parse(Buffer.from(ciphertext, 'base64').toString());
  if (by !== account || of !== endpoint) throw new Error('Sealed for another endpoint.');
  return Buffer.from(text, 'base64');
}

export type WebhookWorld = ReturnType<typeof webhookWorld>;

/** The function on real stores; KMS, the queue and the network are faked, time stands until it is moved. */
export function webhookWorld(table: Table, changes: Partial<ManageWebhooksDeps> = {}) {
  const clock = { now: NOW };
  const account = hex24();
  const endpoints: EndpointStore = endpointStore(table);
  const deliveries: DeliveryStore = deliveryStore(table, 30);
  const sent: Sent[] = [];
  const queue: WebhookQueue = {
    async send(messages) {
      for (const { message, delaySeconds } of messages) {
        if (message.event) throw new Error('A stored delivery needs no event in its message.');
        sent.push({ id: message.id, delaySeconds, found: await deliveries.find(message) });
      }
    },
  };

  /** Calls by one key; ids stand in the path as they are. */
  function as(key: Partial<ApiKey> = {}) {
    const { deps } = httpWorld({ account, ...key }, 10_000);
    const handler = createHandler({
      ...deps,
      endpoints,
      deliveries,
      queue,
      vault: { seal: async (ref, secret) => seal(ref.account, ref.endpoint, secret) },
      urls: {
        objectionTo: async (url) => (url === URL_BAD ? 'must lead to a public address' : undefined),
      },
      dueLease: DUE_LEASE,
      now: () => clock.now,
      ...changes,
    });
    return (name: keyof typeof routes, path: Path = {}, { body, query }: Given = {}) => {
      const { method, path: template } = routes[name];
      return call(
        handler,
        httpEvent({
          method,
          routeKey: `${method} ${template}`,
          pathParameters: { ...path },
          ...(query ? { queryStringParameters: query } : {}),
          ...(body === undefined
            ? {}
            : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        }),
      );
    };
  }

  const live = as();
  /** Makes an endpoint and gives what the create answered. */
  const create = async (body: object = {}) =>
    (await live('create', {}, { body: { url: URL_OK, ...body } })).body;
  return { clock, account, endpoints, deliveries, sent, as, live, create };
}

/** A finished delivery of an endpoint. */
export function aDelivery(
  changes: Partial<Delivery> & Pick<Delivery, 'account' | 'endpoint'>,
): Delivery {
  const at = new Date(NOW).toISOString();
  return {
    id: `msg_${NOW.toString(36).padStart(9, '0')}_${hex24()}`,
    event: 'email.delivered',
    environment: 'live',
    emailId: 'e'.repeat(24),
    body: '{"event":"email.delivered"}',
    createdAt: at,
    status: 'succeeded',
    tries: 1,
    attempts: [{ at, durationMs: 12, status: 200, error: null, answer: 'ok' }],
    mark: hex24(),
    ...changes,
  };
}
