import { type ApiHandler, apiHandler } from '../core/http/api-handler.ts';
import { type DeliveryDeps, listDeliveries, resend, sendTest, showDelivery } from './deliveries.ts';
import {
  changeEndpoint,
  createEndpoint,
  type EndpointDeps,
  listEndpoints,
  removeEndpoint,
  rotateSecret,
  showEndpoint,
} from './endpoints.ts';
import { routes } from './route.ts';

/** What managing webhooks touches. */
export type ManageWebhooksDeps = EndpointDeps & DeliveryDeps;

/** An account's webhook endpoints, and what was delivered to them. */
export function createHandler(deps: ManageWebhooksDeps): ApiHandler {
  return apiHandler(deps, routes, {
    list: (request) => listEndpoints(request, deps),
    create: (request) => createEndpoint(request, deps),
    one: (request) => showEndpoint(request, deps),
    change: (request) => changeEndpoint(request, deps),
    remove: (request) => removeEndpoint(request, deps),
    rotate: (request) => rotateSecret(request, deps),
    test: (request) => sendTest(request, deps),
    deliveries: (request) => listDeliveries(request, deps),
    delivery: (request) => showDelivery(request, deps),
    resend: (request) => resend(request, deps),
  });
}
