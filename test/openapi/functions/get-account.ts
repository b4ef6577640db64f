import type { AccountStore } from '../../../lambdas/core/account/account.ts';
import type { UserDirectory } from '../../../lambdas/core/account/owner.ts';
import { domainStore } from '../../../lambdas/core/table/domain-store.ts';
import { endpointStore } from '../../../lambdas/core/table/endpoint-store.ts';
import { gateStore } from '../../../lambdas/core/table/gate-store.ts';
import { requestStore } from '../../../lambdas/core/table/request-store.ts';
import { statisticsStore } from '../../../lambdas/core/table/statistics-store.ts';
import { usageStore } from '../../../lambdas/core/table/usage-store.ts';
import { createHandler } from '../../../lambdas/get-account/handler.ts';
import { routes } from '../../../lambdas/get-account/route.ts';
import { only } from '../../core/email/fakes.ts';
import type { FunctionUnderTest } from '../world.ts';

export const tested: FunctionUnderTest = {
  name: 'get-account',
  routes: Object.values(routes),
  handler: (deps, table) =>
    createHandler({
      ...deps,
      usage: { countRequest: deps.usage.countRequest, read: usageStore(table).read },
      accounts: only<AccountStore>('accounts', deps.accounts),
      directory: only<UserDirectory>('directory', {}),
      domains: domainStore(table),
      endpoints: endpointStore(table),
      gate: gateStore(table),
      refusals: requestStore(table),
      statistics: statisticsStore(table),
    }),
};
