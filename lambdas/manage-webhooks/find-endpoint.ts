import { seesAlso } from '../core/http/caller.ts';
import type { ApiRequest } from '../core/http/input.ts';
import type { Endpoint, EndpointStore } from '../core/webhook/endpoint.ts';
import type { routes } from './route.ts';

/** A request about one endpoint. */
export type EndpointRequest = ApiRequest<typeof routes.one>;

/**
 * The endpoint that the path names.
 *
 * @throws Refusal `Not found`: the one answer to an id that is unknown, foreign or of another environment
 */
export async function findEndpoint(
  { caller, params, notFound, note }: EndpointRequest,
  deps: { readonly endpoints: Pick<EndpointStore, 'find'> },
): Promise<Endpoint> {
  const ref = { account: caller.account.id, endpoint: params.id };
  const endpoint = await deps.endpoints.find(ref);
  if (!endpoint || !seesAlso(caller, endpoint.environment)) throw notFound();
  note({ endpoint: endpoint.id });
  return endpoint;
}
