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
import { NOW, only } from '../../core/email/fakes.ts';
import type { FunctionUnderTest } from '../world.ts';

/** The tests' day. */
const TODAY = new Date(NOW).toISOString().slice(0, 10);

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
  cases: {
    getAccount: { 200: (world) => world.call('getAccount') },
    getStatistics: {
      async 200(world) {
        const { account, table } = world;
        const month = { account, environment: 'live', month: TODAY.slice(0, 7) } as const;
        const happening = { account, environment: 'live', day: TODAY, kind: 'sent' } as const;
        await statisticsStore(table).add(month, [{ ...happening, recipients: 2 }]);
        const answer = await world.call('getStatistics', { query: { days: '2' } });
        if (answer.body.data.at(-1).sent !== 2) throw new Error('The mails are not counted.');
        return answer;
      },
    },
    listRequests: {
      async 200(world) {
        await world.call('listRequests', { query: { limit: 'all' } });
        await world.call('getAccount', {}, { key: { scope: 'send', environment: 'test' } });
        const answer = await world.call('listRequests');
        if (answer.body.data.length !== 2) throw new Error('The refusals are not on the list.');
        return answer;
      },
    },
  },
};
