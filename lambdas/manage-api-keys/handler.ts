import {
  type ApiKey,
  type ApiKeyStore,
  isListed,
  keyId,
  makeKeyText,
} from '../core/api-key/api-key.ts';
import { type NewKey, newKey } from '../core/api-key/create-request.ts';
import { type KeepingDeps, keepKey, MOST_KEYS } from '../core/api-key/room.ts';
import { apiKeyView } from '../core/api-key/view.ts';
import { LIMITS } from '../core/contract/limits.ts';
import type { DomainStore } from '../core/domain/domain.ts';
import {
  type ApiHandler,
  type ApiRequest,
  apiHandler,
  type HttpDeps,
} from '../core/http/api-handler.ts';
import { parseBody } from '../core/http/body.ts';
import { type Caller, seesAlso } from '../core/http/caller.ts';
import { readCursor, writeCursor } from '../core/http/cursor.ts';
import { collect, type PageQuery } from '../core/http/pages.ts';
import { Refusal } from '../core/http/refusal.ts';
import { json, noContent, type Reply } from '../core/http/request.ts';
import { routes } from './route.ts';

/** What managing keys touches. */
export type ManageApiKeysDeps = HttpDeps &
  KeepingDeps & {
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

async function list(request: ApiRequest, deps: ManageApiKeysDeps): Promise<Reply> {
  const { limit = LIMITS.pageSize.default, cursor } = parseBody(routes.list.query, request.query);
  const account = request.caller.account.id;
  const bound = [account, 'api-keys'];
  const start = cursor === undefined ? {} : { position: readCursor(bound, cursor) };
  const read = async (query: PageQuery) => {
    const page = await deps.apiKeys.page(account, query);
    return { entries: page.keys, position: page.position };
  };
  const now = deps.now();
  const wanted = (key: ApiKey) => isVisible(key, request.caller, now);
  const page = await collect({ limit, ...start }, read, wanted);
  const nextCursor = page.position === null ? null : writeCursor(bound, page.position);
  return json(200, { data: page.entries.map(apiKeyView), nextCursor });
}

async function create(request: ApiRequest, deps: ManageApiKeysDeps): Promise<Reply> {
  const wanted = newKey(parseBody(routes.create.body, request.body));
  checkEnvironment(wanted, request.caller);
  await checkDomain(wanted, request.caller, deps);
  const text = makeKeyText(wanted.environment);
  const now = deps.now();
  const key: ApiKey = {
    id: keyId(text),
    account: request.caller.account.id,
    ...wanted,
    last4: text.slice(-4),
    createdAt: new Date(now).toISOString(),
  };
  if (!(await keepKey(deps, key, now))) {
    const message = `This account already has the maximum of ${MOST_KEYS} active API keys. Revoke one first.`;
    throw new Refusal('Plan limit reached', message);
  }
  request.note({ apiKey: key.id });
  return json(201, { ...apiKeyView(key), key: text });
}

async function revoke({ caller, path, note }: ApiRequest, deps: ManageApiKeysDeps): Promise<Reply> {
  const id = path.id ?? '';
  const key = /^[0-9a-f]{64}$/.test(id) ? await deps.apiKeys.find(id) : undefined;
  const now = deps.now();
  const own = key?.account === caller.account.id && isVisible(key, caller, now);
  if (!own || !(await deps.apiKeys.revoke(caller.account.id, id, new Date(now).toISOString()))) {
    const message = 'No API key with this id exists in this account, or this key may not see it.';
    throw new Refusal('Not found', message);
  }
  note({ apiKey: id });
  return noContent();
}

/** An account's API keys: the list, create and revoke. */
export function createHandler(deps: ManageApiKeysDeps): ApiHandler {
  return apiHandler(deps, [
    [routes.list, (request) => list(request, deps)],
    [routes.create, (request) => create(request, deps)],
    [routes.revoke, (request) => revoke(request, deps)],
  ]);
}
