import type { ApiRequest } from '../core/http/api-handler.ts';
import { type Caller, seesAlso } from '../core/http/caller.ts';
import { Refusal } from '../core/http/refusal.ts';
import type { Endpoint, EndpointStore } from '../core/webhook/endpoint.ts';

/** A test key sees endpoints of its environment only; a live key and a user see all of the account. */
export function isVisible(endpoint: Endpoint, caller: Caller): boolean {
  return seesAlso(caller, endpoint.environment);
}

/** The one answer to an id that is unknown, malformed, foreign or of another environment. */
export function noEndpoint(): Refusal {
  const message =
    'No webhook endpoint with this id exists in this account, or this key may not see it.';
  return new Refusal('Not found', message);
}

/**
 * The endpoint that the path names.
 *
 * @throws Refusal `Not found`
 */
export async function findEndpoint(
  request: ApiRequest,
  deps: { readonly endpoints: Pick<EndpointStore, 'find'> },
): Promise<Endpoint> {
  const id = request.path.id ?? '';
  const known = /^[0-9a-f]{24}$/.test(id);
  const ref = { account: request.caller.account.id, endpoint: id };
  const endpoint = known ? await deps.endpoints.find(ref) : undefined;
  if (!endpoint || !isVisible(endpoint, request.caller)) throw noEndpoint();
  request.note({ endpoint: id });
  return endpoint;
}
