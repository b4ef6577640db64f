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
  return apiHandler(deps, [
    [routes.list, (request) => listEndpoints(request, deps)],
    [routes.create, (request) => createEndpoint(request, deps)],
    [routes.one, (request) => showEndpoint(request, deps)],
    [routes.change, (request) => changeEndpoint(request, deps)],
    [routes.remove, (request) => removeEndpoint(request, deps)],
    [routes.rotate, (request) => rotateSecret(request, deps)],
    [routes.test, (request) => sendTest(request, deps)],
    [routes.deliveries, (request) => listDeliveries(request, deps)],
    [routes.delivery, (request) => showDelivery(request, deps)],
    [routes.resend, (request) => resend(request, deps)],
  ]);
}
