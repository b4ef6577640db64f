import fc from 'fast-check';
import { WEBHOOK_EVENTS } from '../../../lambdas/core/webhook/endpoint.ts';
import { emptyBody, nothing } from './account-makers.ts';
import { fromPool, type Maker, made, type Prepared, pool } from './maker.ts';
import type { World } from './world.ts';

const newEndpoint = async ({ call, receiver }: World) =>
  String((await made(call('POST', 'webhooks', { url: receiver }), 201)).id);
const remove = ({ call }: World, id: unknown) => call('DELETE', `webhooks/${id}`);

/** An endpoint for one request only: an account has at most ten. */
async function fresh(world: World): Promise<Prepared> {
  const id = await newEndpoint(world);
  return { path: { id }, done: () => remove(world, id) };
}

const endpoints = pool(2, newEndpoint);
const deliveries = pool(8, async (world: World) => {
  const id = await endpoints.take(world);
  endpoints.give(id);
  const delivery = await made(world.call('POST', `webhooks/${id}/test`), 202);
  return { id, deliveryId: String(delivery.id) };
});

const ofPool = fromPool(endpoints, (id) => ({ path: { id } }));
const ofDelivery = fromPool(deliveries, (path) => ({ path }));

const events = fc.subarray([...WEBHOOK_EVENTS], { minLength: 1 });
const description = fc.constantFrom(null, 'Orders', 'é 🚚', 'x'.repeat(200));

/** Makers of what concerns webhooks. */
export const WEBHOOK_MAKERS: Readonly<Record<string, Maker>> = {
  listWebhooks: { shape: nothing },
  createWebhook: {
    shape: fc.record({
      body: fc.record(
        {
          environment: fc.constantFrom('live', 'test', null),
          events: fc.oneof(events, fc.constant(null)),
          description,
        },
        { requiredKeys: [] },
      ),
    }),
    prepare: async (world) => ({
      body: { url: world.receiver },
      done: async ({ body }) => {
        if (typeof body.id === 'string') await remove(world, body.id);
      },
    }),
  },
  getWebhook: { shape: nothing, prepare: ofPool },
  changeWebhook: {
    shape: fc.record({
      body: fc.record(
        { description, events, status: fc.constant('enabled') },
        { requiredKeys: ['description'] },
      ),
    }),
    prepare: fresh,
  },
  deleteWebhook: { shape: nothing, prepare: fresh },
  rotateWebhookSecret: { shape: emptyBody, prepare: fresh },
  testWebhook: {
    shape: fc.oneof(
      emptyBody,
      fc.record({ body: fc.record({ event: fc.constantFrom(null, ...WEBHOOK_EVENTS) }) }),
    ),
    prepare: ofPool,
  },
  listWebhookDeliveries: {
    shape: fc.record({
      query: fc.constantFrom(
        {},
        { limit: '1' },
        { status: 'succeeded' },
        { limit: '3', status: 'failed' },
      ),
    }),
    prepare: ofPool,
  },
  getWebhookDelivery: { shape: nothing, prepare: ofDelivery },
  resendWebhookDelivery: { shape: emptyBody, prepare: ofDelivery },
};
