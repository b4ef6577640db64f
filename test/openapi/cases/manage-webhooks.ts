import { deliveryStore } from '../../../lambdas/core/table/delivery-store.ts';
import { endpointStore } from '../../../lambdas/core/table/endpoint-store.ts';
import { MOST_ENDPOINTS } from '../../../lambdas/core/webhook/endpoint.ts';
import { createHandler } from '../../../lambdas/manage-webhooks/handler.ts';
import { routes } from '../../../lambdas/manage-webhooks/route.ts';
import { aDelivery, DUE_LEASE, URL_OK } from '../../manage-webhooks/webhook-world.ts';
import type { FunctionUnderTest, Given, World } from '../world.ts';

const create = (world: World) =>
  world.call('createWebhook', { body: { url: URL_OK, description: 'Shop' } });

/** The path of an endpoint that was just made. */
async function made(world: World): Promise<{ id: string }> {
  return { id: (await create(world)).body.id };
}

async function disabled(world: World): Promise<{ id: string }> {
  const path = await made(world);
  await world.call('changeWebhook', { path, body: { status: 'disabled' } });
  return path;
}

/** The path of a delivery that was tried in vain. */
async function delivered(world: World, path: { id: string }) {
  const at = '2026-11-23T05:49:00.000Z';
  const delivery = aDelivery({
    account: world.account,
    endpoint: path.id,
    status: 'failed',
    reason: 'All 10 attempts failed.',
    attempts: [{ at, durationMs: 12, status: null, error: 'It timed out.', answer: null }],
  });
  await deliveryStore(world.table, 30).put(delivery, undefined);
  return { ...path, deliveryId: delivery.id };
}

const onMade = (operation: string, given: Given = {}) => ({
  call: async (world: World) => world.call(operation, { path: await made(world), ...given }),
});

export const tested: FunctionUnderTest = {
  name: 'manage-webhooks',
  routes: Object.values(routes),
  handler: (deps, table) =>
    createHandler({
      ...deps,
      endpoints: endpointStore(table),
      deliveries: deliveryStore(table, 30),
      queue: { send: async () => undefined },
      vault: { seal: async () => Buffer.from(Math.random().toString()).toString('base64') },
      urls: { objectionTo: async () => undefined },
      dueLease: DUE_LEASE,
    }),
  cases: {
    listWebhooks: {
      async 200(world) {
        await disabled(world);
        await made(world);
        return world.call('listWebhooks');
      },
    },
    createWebhook: {
      201: create,
      async 'Plan limit reached'(world) {
        for (let i = 0; i < MOST_ENDPOINTS; i += 1) await create(world);
        return create(world);
      },
    },
    getWebhook: { 200: onMade('getWebhook').call },
    changeWebhook: { 200: onMade('changeWebhook', { body: { status: 'disabled' } }).call },
    deleteWebhook: { 204: onMade('deleteWebhook').call },
    rotateWebhookSecret: {
      200: onMade('rotateWebhookSecret').call,
      async Conflict(world) {
        const path = await made(world);
        for (let i = 0; i < 4; i += 1) await world.call('rotateWebhookSecret', { path });
        return world.call('rotateWebhookSecret', { path });
      },
    },
    testWebhook: {
      202: onMade('testWebhook', { body: { event: 'email.bounced' } }).call,
      Conflict: async (world) => world.call('testWebhook', { path: await disabled(world) }),
    },
    listWebhookDeliveries: {
      async 200(world) {
        const path = await made(world);
        await delivered(world, path);
        await world.call('testWebhook', { path });
        return world.call('listWebhookDeliveries', { path });
      },
      'Validation failed': onMade('listWebhookDeliveries', { query: { limit: '0' } }).call,
    },
    getWebhookDelivery: {
      200: async (world) =>
        world.call('getWebhookDelivery', { path: await delivered(world, await made(world)) }),
    },
    resendWebhookDelivery: {
      202: async (world) =>
        world.call('resendWebhookDelivery', { path: await delivered(world, await made(world)) }),
      Conflict: async (world) =>
        world.call('resendWebhookDelivery', {
          path: await delivered(world, await disabled(world)),
        }),
    },
  },
};
