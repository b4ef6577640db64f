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
import { parseBody } from '../core/http/body.ts';
import { readCursor, writeCursor } from '../core/http/cursor.ts';
import { json, type Reply } from '../core/http/request.ts';
import type { KeptRequest, RequestStore } from '../core/request-log/refused-request.ts';
import { requestView } from '../core/request-log/view.ts';
import type { GateStore } from '../core/sending/gate.ts';
import { routes } from './route.ts';

/** What showing an account touches. */
export type GetAccountDeps = HttpDeps & {
  readonly usage: Pick<UsageStore, 'read'>;
  readonly domains: Pick<DomainStore, 'list'>;
  readonly gate: Pick<GateStore, 'read'>;
  readonly refusals: Pick<RequestStore, 'list'>;
};

/** `GET /api/v1/account`. */
async function showAccount({ caller }: ApiRequest, deps: GetAccountDeps): Promise<Reply> {
  const { account, plan } = caller;
  const now = deps.now();
  const months = [monthOf(now), monthBefore(now)];
  const [used, domains, gate] = await Promise.all([
    deps.usage.read(usagesOf(account.id, months)),
    deps.domains.list(account.id),
    deps.gate.read(),
  ]);
  const state = { account, plan, months, used, domains: domains.length, gate };
  return json(200, accountView(state));
}

/** A test key sees what test keys were refused; a live key sees all of the account. */
function isVisible({ key }: KeptRequest, caller: ApiRequest['caller']): boolean {
  return caller.key.environment === 'live' || key.environment === caller.key.environment;
}

/** `GET /api/v1/requests`. */
async function listRequests(request: ApiRequest, deps: GetAccountDeps): Promise<Reply> {
  const query = parseBody(routes.requests.query, request.query);
  const { limit = LIMITS.pageSize.default, cursor, status } = query;
  const { caller } = request;
  const bound = [caller.account.id, 'requests', caller.key.environment, status];
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

/** An account: how it stands, and what it was refused. */
export function createHandler(deps: GetAccountDeps): ApiHandler {
  return apiHandler(deps, [
    [routes.account, (request) => showAccount(request, deps)],
    [routes.requests, (request) => listRequests(request, deps)],
  ]);
}
