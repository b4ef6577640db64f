import type { Account } from '../core/account/account.ts';
import { type OwnerDeps, withOwner } from '../core/account/owner.ts';
import { monthBefore, monthOf, type UsageStore } from '../core/account/usage.ts';
import type { DomainStore } from '../core/domain/domain.ts';
import { type ApiHandler, apiHandler, type HttpDeps } from '../core/http/api-handler.ts';
import {
  type Caller,
  environmentOf,
  isTestKey,
  mayOperate,
  seesAlso,
} from '../core/http/caller.ts';
import type { ApiRequest } from '../core/http/input.ts';
import { pageReply } from '../core/http/pages.ts';
import { json, type Reply } from '../core/http/request.ts';
import { accountView, usagesOf } from '../core/overview/account-view.ts';
import type { KeptRequest, RequestStore } from '../core/request-log/refused-request.ts';
import { requestView } from '../core/request-log/view.ts';
import type { GateStore } from '../core/sending/gate.ts';
import { DAYS, daysUpTo, monthsOf, statisticsView } from '../core/statistics/days.ts';
import type { StatisticsStore } from '../core/statistics/statistics.ts';
import type { EndpointStore } from '../core/webhook/endpoint.ts';
import { routes } from './route.ts';

/** What showing statistics touches. */
type StatisticsDeps = {
  readonly statistics: Pick<StatisticsStore, 'read'>;
  readonly now: () => number;
};

/** `GET /api/v1/statistics`. */
async function showStatistics(
  { caller, query }: ApiRequest<typeof routes.statistics>,
  deps: StatisticsDeps,
): Promise<Reply> {
  const environment = environmentOf(caller, query.environment);
  const account = caller.account.id;
  const days = daysUpTo(deps.now(), query.days ?? DAYS.default);
  const months = monthsOf(days).map((month) => ({ account, environment, month }));
  return json(200, statisticsView(days, await deps.statistics.read(months)));
}

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
async function ownAccount(caller: Caller, deps: GetAccountDeps): Promise<Account> {
  const { account, user } = caller;
  if (!user) return account;
  try {
    return await withOwner({ account, user }, caller.accessToken, deps);
  } catch (error) {
    deps.log.error("owner's address not read", { account: account.id }, error);
    return account;
  }
}

/** `GET /api/v1/account`. */
async function showAccount(
  { caller }: ApiRequest<typeof routes.account>,
  deps: GetAccountDeps,
): Promise<Reply> {
  const { plan } = caller;
  const { id } = caller.account;
  const now = deps.now();
  const months = [monthOf(now), monthBefore(now)];
  const [account, used, domains, endpoints, gate] = await Promise.all([
    ownAccount(caller, deps),
    deps.usage.read(usagesOf(id, months)),
    deps.domains.list(id),
    deps.endpoints.list(id),
    deps.gate.read(),
  ]);
  const operator = mayOperate(caller);
  const state = { account, plan, months, used, domains, endpoints, gate, operator };
  return json(200, accountView(state));
}

/** A test key sees what test keys were refused; a live key and a user see all of the account. */
function isVisible({ key }: KeptRequest, caller: Caller): boolean {
  return seesAlso(caller, key?.environment ?? 'live');
}

/** `GET /api/v1/requests`: the account keeps few enough to read them all. */
async function listRequests(
  { caller, query, page }: ApiRequest<typeof routes.requests>,
  deps: GetAccountDeps,
): Promise<Reply> {
  const { status } = query;
  const account = caller.account.id;
  const kept = await deps.refusals.list(account, deps.now());
  const wanted = kept
    .filter((each) => isVisible(each, caller))
    .filter((each) => status === undefined || each.status === status);
  return pageReply(page, {
    list: [account, 'requests', isTestKey(caller), status],
    async read({ limit, position }) {
      const rest = wanted.filter(({ id }) => position === undefined || id < position);
      const entries = rest.slice(0, limit);
      const last = rest.length > limit ? entries.at(-1) : undefined;
      return { entries, position: last?.id ?? null };
    },
    view: requestView,
  });
}

/** An account: its state, its daily statistics, and its refused requests. */
export function createHandler(deps: GetAccountDeps): ApiHandler {
  return apiHandler(deps, routes, {
    account: (request) => showAccount(request, deps),
    requests: (request) => listRequests(request, deps),
    statistics: (request) => showStatistics(request, deps),
  });
}
