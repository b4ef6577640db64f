import type { Account } from '../core/account/account.ts';
import { type OwnerDeps, withOwner } from '../core/account/owner.ts';
import { monthBefore, monthOf, type UsageStore } from '../core/account/usage.ts';
import { accountView, usagesOf } from '../core/account/view.ts';
import { LIMITS } from '../core/contract/limits.ts';
import type { DomainStore } from '../core/domain/domain.ts';
import {
  type ApiHandler,
  type ApiRequest,
  apiHandler,
  type HttpDeps,
} from '../core/http/api-handler.ts';
import { bearerOf } from '../core/http/bearer.ts';
import { parseBody } from '../core/http/body.ts';
import { type Caller, isTestKey, mayOperate, seesAlso } from '../core/http/caller.ts';
import { readCursor, writeCursor } from '../core/http/cursor.ts';
import { json, type Reply } from '../core/http/request.ts';
import type { KeptRequest, RequestStore } from '../core/request-log/refused-request.ts';
import { requestView } from '../core/request-log/view.ts';
import type { GateStore } from '../core/sending/gate.ts';
import type { EndpointStore } from '../core/webhook/endpoint.ts';
import { routes } from './route.ts';
import { type StatisticsDeps, showStatistics } from './statistics.ts';

/** What showing an account touches. */
export type GetAccountDeps = HttpDeps &
  OwnerDeps &
  StatisticsDeps & {
    readonly usage: Pick<UsageStore, 'read'>;
    readonly domains: Pick<DomainStore, 'list'>;
    readonly endpoints: Pick<EndpointStore, 'list'>;
    readonly gate: Pick<GateStore, 'read'>;
    readonly refusals: Pick<RequestStore, 'list'>;
  };

/** A user's account with its owner's address, which may be missing: the rest is worth showing without. */
async function ownAccount({ caller, headers }: ApiRequest, deps: GetAccountDeps): Promise<Account> {
  const { account, user } = caller;
  const token = bearerOf(headers);
  if (!user || token === undefined) return account;
  try {
    return await withOwner({ account, user }, token, deps);
  } catch (error) {
    deps.log.error("owner's address not read", { account: account.id }, error);
    return account;
  }
}

/** `GET /api/v1/account`. */
async function showAccount(request: ApiRequest, deps: GetAccountDeps): Promise<Reply> {
  const { id } = request.caller.account;
  const { plan } = request.caller;
  const now = deps.now();
  const months = [monthOf(now), monthBefore(now)];
  const [account, used, domains, endpoints, gate] = await Promise.all([
    ownAccount(request, deps),
    deps.usage.read(usagesOf(id, months)),
    deps.domains.list(id),
    deps.endpoints.list(id),
    deps.gate.read(),
  ]);
  const operator = mayOperate(request.caller);
  const state = { account, plan, months, used, domains, endpoints, gate, operator };
  return json(200, accountView(state));
}

/** A test key sees what test keys were refused; a live key and a user see all of the account. */
function isVisible({ key }: KeptRequest, caller: Caller): boolean {
  return seesAlso(caller, key?.environment ?? 'live');
}

/** `GET /api/v1/requests`. */
async function listRequests(request: ApiRequest, deps: GetAccountDeps): Promise<Reply> {
  const query = parseBody(routes.requests.query, request.query);
  const { limit = LIMITS.pageSize.default, cursor, status } = query;
  const { caller } = request;
  const bound = [caller.account.id, 'requests', isTestKey(caller), status];
  const before = cursor === undefined ? undefined : readCursor(bound, cursor);
  const kept = await deps.refusals.list(caller.account.id, deps.now());
  const wanted = kept
    .filter((each) => isVisible(each, caller))
    .filter((each) => status === undefined || each.status === status)
    .filter((each) => before === undefined || each.id < before);
  const page = wanted.slice(0, limit);
  const last = wanted.length > limit ? page.at(-1) : undefined;
  const nextCursor = last ? writeCursor(bound, last.id) : null;
  return json(200, { data: page.map(requestView), nextCursor });
}

/** An account: its state, its daily statistics, and its refused requests. */
export function createHandler(deps: GetAccountDeps): ApiHandler {
  return apiHandler(deps, [
    [routes.account, (request) => showAccount(request, deps)],
    [routes.requests, (request) => listRequests(request, deps)],
    [routes.statistics, (request) => showStatistics(request, deps)],
  ]);
}
