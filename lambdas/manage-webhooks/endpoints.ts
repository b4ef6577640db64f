import type { HttpDeps } from '../core/http/api-handler.ts';
import { type Caller, seesAlso } from '../core/http/caller.ts';
import type { ApiRequest } from '../core/http/input.ts';
import { Refusal } from '../core/http/refusal.ts';
import { json, noContent, type Reply } from '../core/http/request.ts';
import { randomId } from '../core/value/id.ts';
import { type Endpoint, type EndpointStore, MOST_ENDPOINTS } from '../core/webhook/endpoint.ts';
import {
  changesOf,
  leadsTo,
  type NewEndpoint,
  newEndpoint,
} from '../core/webhook/endpoint-request.ts';
import type { SecretVault, UrlCheck } from '../core/webhook/ports.ts';
import { newSecret, rotatableAt, rotated, secretText } from '../core/webhook/secret.ts';
import { endpointView } from '../core/webhook/view.ts';
import { type EndpointRequest, findEndpoint } from './find-endpoint.ts';
import type { routes } from './route.ts';

/** What managing endpoints touches. */
export type EndpointDeps = HttpDeps & {
  readonly endpoints: EndpointStore;
  readonly vault: Pick<SecretVault, 'seal'>;
  readonly urls: UrlCheck;
};

async function checkUrl(
  url: string,
  { host }: Pick<ApiRequest, 'host'>,
  { urls }: EndpointDeps,
): Promise<void> {
  const own = leadsTo(host, url) ? 'must not point to this API' : undefined;
  const objection = own ?? (await urls.objectionTo(url));
  if (objection) throw new Refusal('Validation failed', `The 'url' field ${objection}.`);
}

function checkEnvironment({ environment }: NewEndpoint, caller: Caller): void {
  if (seesAlso(caller, environment)) return;
  const message =
    'A test key can only manage endpoints of the environment \'test\'. Pass "environment":"test", or use a key that begins with ml_live_.';
  throw new Refusal('Forbidden', message);
}

function limitReached(): Refusal {
  const message = `This account already has the maximum of ${MOST_ENDPOINTS} webhook endpoints. Delete one first.`;
  return new Refusal('Plan limit reached', message);
}

/** How often an endpoint that met others on the way in tries to come in after them. */
const TRIES = 5;
/** At most so long before it does, in milliseconds. */
const PAUSE = 200;

/**
 * Keeps the endpoint where there is room. Of those that stay, the last to be written has seen all others, so
 * they are never too many; those made at the same moment may all step back, and then come in one after the other.
 */
async function keep(endpoint: Endpoint, { endpoints }: EndpointDeps): Promise<void> {
  const count = async () => (await endpoints.list(endpoint.account)).length;
  for (let tries = 1; (await count()) < MOST_ENDPOINTS; tries += 1) {
    await endpoints.create(endpoint);
    if ((await count()) <= MOST_ENDPOINTS) return;
    await endpoints.remove({ account: endpoint.account, endpoint: endpoint.id });
    if (tries === TRIES) break;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE));
  }
  throw limitReached();
}

/** `GET /api/v1/webhooks`. */
export async function listEndpoints(
  { caller }: ApiRequest<typeof routes.list>,
  { endpoints }: EndpointDeps,
): Promise<Reply> {
  const all = await endpoints.list(caller.account.id);
  const visible = all.filter(({ environment }) => seesAlso(caller, environment));
  return json(200, { data: visible.reverse().map(endpointView), nextCursor: null });
}

/** `POST /api/v1/webhooks`. */
export async function createEndpoint(
  request: ApiRequest<typeof routes.create>,
  deps: EndpointDeps,
): Promise<Reply> {
  const account = request.caller.account.id;
  const wanted = newEndpoint(request.body);
  await checkUrl(wanted.url, request, deps);
  checkEnvironment(wanted, request.caller);
  const id = randomId();
  const secret = newSecret();
  const ciphertext = await deps.vault.seal({ account, endpoint: id }, secret);
  const createdAt = new Date(deps.now()).toISOString();
  const secrets = [{ ciphertext, createdAt }];
  const endpoint: Endpoint = { id, account, ...wanted, secrets, createdAt };
  await keep(endpoint, deps);
  request.note({ endpoint: id });
  return json(201, { ...endpointView(endpoint), secret: secretText(secret) });
}

/** `GET /api/v1/webhooks/{id}`. */
export async function showEndpoint(request: EndpointRequest, deps: EndpointDeps): Promise<Reply> {
  return json(200, endpointView(await findEndpoint(request, deps)));
}

/** `PATCH /api/v1/webhooks/{id}`. */
export async function changeEndpoint(
  request: ApiRequest<typeof routes.change>,
  deps: EndpointDeps,
): Promise<Reply> {
  const endpoint = await findEndpoint(request, deps);
  const { body } = request;
  if (body.url !== undefined) await checkUrl(body.url, request, deps);
  const changes = changesOf(body, endpoint, new Date(deps.now()).toISOString());
  const ref = { account: endpoint.account, endpoint: endpoint.id };
  const changed = await deps.endpoints.update(ref, changes);
  if (!changed) throw request.notFound();
  return json(200, endpointView(changed));
}

/** `DELETE /api/v1/webhooks/{id}`. */
export async function removeEndpoint(
  request: ApiRequest<typeof routes.remove>,
  deps: EndpointDeps,
): Promise<Reply> {
  const { account, id } = await findEndpoint(request, deps);
  if (!(await deps.endpoints.remove({ account, endpoint: id }))) throw request.notFound();
  return noContent();
}

/** Puts a new secret in front; of several rotations at once one takes place. */
async function replaceSecret(
  endpoint: Endpoint,
  secret: Uint8Array,
  deps: EndpointDeps,
): Promise<Endpoint | undefined> {
  const ref = { account: endpoint.account, endpoint: endpoint.id };
  const ciphertext = await deps.vault.seal(ref, secret);
  const secrets = rotated(endpoint, ciphertext, deps.now());
  const changed =
    (await deps.endpoints.update(ref, { secrets }, endpoint.secrets[0]?.ciphertext)) ??
    (await deps.endpoints.find(ref));
  if (!changed || changed.secrets[0]?.ciphertext === ciphertext) return changed;
  const message = 'Another request rotated this secret at the same moment. Rotate it again.';
  throw new Refusal('Conflict', message);
}

/** `POST /api/v1/webhooks/{id}/rotate-secret`. */
export async function rotateSecret(
  request: ApiRequest<typeof routes.rotate>,
  deps: EndpointDeps,
): Promise<Reply> {
  const endpoint = await findEndpoint(request, deps);
  const later = rotatableAt(endpoint, deps.now());
  if (later !== undefined) {
    const message = `This endpoint already has the maximum number of signing secrets. Rotate again after ${later}, when the oldest one expires.`;
    throw new Refusal('Conflict', message);
  }
  const secret = newSecret();
  const changed = await replaceSecret(endpoint, secret, deps);
  if (!changed) throw request.notFound();
  return json(200, { ...endpointView(changed), secret: secretText(secret) });
}
