import { type ApiKey, type ApiKeyStore, isListed, makeKeyText } from '../core/api-key/api-key.ts';
import { type NewKey, newKey } from '../core/api-key/create-request.ts';
import { createWithinLimit, type KeyLimitDeps, MOST_KEYS } from '../core/api-key/key-limit.ts';
import { apiKeyView } from '../core/api-key/view.ts';
import type { DomainStore } from '../core/domain/domain.ts';
import { type ApiHandler, apiHandler, type HttpDeps } from '../core/http/api-handler.ts';
import { type Caller, seesAlso } from '../core/http/caller.ts';
import type { ApiRequest } from '../core/http/input.ts';
import { pageReply } from '../core/http/pages.ts';
import { Refusal } from '../core/http/refusal.ts';
import { json, noContent, type Reply } from '../core/http/request.ts';
import { keyId } from '../core/value/id.ts';
import { routes } from './route.ts';

/** What managing keys touches. */
export type ManageApiKeysDeps = HttpDeps &
  KeyLimitDeps & {
    readonly apiKeys: Pick<ApiKeyStore, 'find' | 'page' | 'revoke'>;
    readonly domains: Pick<DomainStore, 'find'>;
  };

/** A test key sees keys of its environment only; a live key and a user see all of the account. */
function isVisible(key: ApiKey, caller: Caller, now: number): boolean {
  return isListed(key, now) && seesAlso(caller, key.environment);
}

function checkEnvironment({ environment }: NewKey, caller: Caller): void {
  if (seesAlso(caller, environment)) return;
  const message =
    'A test key can only manage keys of the environment \'test\'. Pass "environment":"test", or use a key that begins with ml_live_.';
  throw new Refusal('Forbidden', message);
}

/** Whether it is unknown or another account's, the answer is the same. */
async function checkDomain(
  { domain }: NewKey,
  { account }: Caller,
  { domains }: ManageApiKeysDeps,
): Promise<void> {
  if (domain === undefined || (await domains.find(domain))?.account === account.id) return;
  const message =
    "The 'domain' field must name a domain of this account. Add the domain first, or omit the field.";
  throw new Refusal('Validation failed', message);
}

function list(
  { caller, page }: ApiRequest<typeof routes.list>,
  { apiKeys, now }: ManageApiKeysDeps,
): Promise<Reply> {
  const account = caller.account.id;
  const at = now();
  return pageReply(page, {
    list: [account, 'api-keys'],
    read: (wanted) => apiKeys.page(account, wanted),
    isVisible: (key) => isVisible(key, caller, at),
    view: apiKeyView,
  });
}

async function create(
  { caller, body, note }: ApiRequest<typeof routes.create>,
  deps: ManageApiKeysDeps,
): Promise<Reply> {
  const wanted = newKey(body);
  checkEnvironment(wanted, caller);
  await checkDomain(wanted, caller, deps);
  const text = makeKeyText(wanted.environment);
  const now = deps.now();
  const key: ApiKey = {
    id: keyId(text),
    account: caller.account.id,
    ...wanted,
    last4: text.slice(-4),
    createdAt: new Date(now).toISOString(),
  };
  if (!(await createWithinLimit(deps, key, now))) {
    const message = `This account already has the maximum of ${MOST_KEYS} active API keys. Revoke one first.`;
    throw new Refusal('Plan limit reached', message);
  }
  note({ apiKey: key.id });
  return json(201, { ...apiKeyView(key), key: text });
}

async function revoke(
  { caller, params, notFound, note }: ApiRequest<typeof routes.revoke>,
  { apiKeys, now }: ManageApiKeysDeps,
): Promise<Reply> {
  const { id } = params;
  const account = caller.account.id;
  const key = await apiKeys.find(id);
  const at = now();
  const isOwn = key?.account === account && isVisible(key, caller, at);
  if (!isOwn || !(await apiKeys.revoke(account, id, new Date(at).toISOString()))) throw notFound();
  note({ apiKey: id });
  return noContent();
}

/** An account's API keys: the list, create and revoke. */
export function createHandler(deps: ManageApiKeysDeps): ApiHandler {
  return apiHandler(deps, routes, {
    list: (request) => list(request, deps),
    create: (request) => create(request, deps),
    revoke: (request) => revoke(request, deps),
  });
}
