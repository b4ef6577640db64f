import { randomBytes } from 'node:crypto';
import type { Account, AccountStore } from '../../lambdas/core/account/account.ts';
import type { UserDirectory } from '../../lambdas/core/account/owner.ts';
import type { ApiKey } from '../../lambdas/core/api-key/api-key.ts';
import type { Domain } from '../../lambdas/core/domain/domain.ts';
import type { Gate } from '../../lambdas/core/sending/gate.ts';
import { requestStore } from '../../lambdas/core/table/request-store.ts';
import { statisticsStore } from '../../lambdas/core/table/statistics-store.ts';
import type { Table } from '../../lambdas/core/table/table.ts';
import { usageStore } from '../../lambdas/core/table/usage-store.ts';
import type { Endpoint } from '../../lambdas/core/webhook/endpoint.ts';
import { createHandler } from '../../lambdas/get-account/handler.ts';
import { routes } from '../../lambdas/get-account/route.ts';
import { aDomain, anAccount, NOW, only } from '../core/email/fakes.ts';
import { call, httpEvent, httpWorld } from '../core/http/fake-http.ts';

type Given = {
  gate?: Gate;
  domains?: Domain[];
  endpoints?: Endpoint[];
  account?: Partial<Account>;
  now?: number;
};

/** An account of its own, with counters and refusals on the real table. */
export function accountWorld(table: Table, given: Given = {}) {
  const id = randomBytes(12).toString('hex');
  const usage = usageStore(table);
  const refusals = requestStore(table, 60_000);
  const statistics = statisticsStore(table);
  const as = (key: Partial<ApiKey> = {}) => {
    const { deps } = httpWorld({ account: id, ...key }, 10_000);
    const handler = createHandler({
      ...deps,
      accounts: only<AccountStore>('accounts', {
        find: async () => anAccount({ id, ...given.account }),
      }),
      usage: { ...deps.usage, countRequest: deps.usage.countRequest, read: usage.read },
      directory: only<UserDirectory>('directory', {}),
      domains: { list: async () => given.domains ?? [aDomain({ account: id })] },
      endpoints: { list: async () => given.endpoints ?? [] },
      gate: { read: async () => given.gate ?? {} },
      refusals,
      statistics,
      now: () => given.now ?? NOW,
    });
    return (name: keyof typeof routes, query?: Record<string, string>) => {
      const { method, path } = routes[name];
      const asked = query ? { queryStringParameters: query } : {};
      return call(handler, httpEvent({ method, routeKey: `${method} ${path}`, ...asked }));
    };
  };
  return { id, usage, refusals, statistics, as, live: as(), test: as({ environment: 'test' }) };
}
