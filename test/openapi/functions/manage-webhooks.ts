import { deliveryStore } from '../../../lambdas/core/table/delivery-store.ts';
import { endpointStore } from '../../../lambdas/core/table/endpoint-store.ts';
import { createHandler } from '../../../lambdas/manage-webhooks/handler.ts';
import { routes } from '../../../lambdas/manage-webhooks/route.ts';
import { DUE_LEASE } from '../../manage-webhooks/webhook-world.ts';
import type { FunctionUnderTest } from '../world.ts';

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
};
