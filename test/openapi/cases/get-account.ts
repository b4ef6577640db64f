import { domainStore } from '../../../lambdas/core/table/domain-store.ts';
import { gateStore } from '../../../lambdas/core/table/gate-store.ts';
import { requestStore } from '../../../lambdas/core/table/request-store.ts';
import { usageStore } from '../../../lambdas/core/table/usage-store.ts';
import { createHandler } from '../../../lambdas/get-account/handler.ts';
import { routes } from '../../../lambdas/get-account/route.ts';
import type { FunctionUnderTest } from '../world.ts';

export const tested: FunctionUnderTest = {
  name: 'get-account',
  routes: Object.values(routes),
  handler: (deps, table) =>
    createHandler({
      ...deps,
      usage: { countRequest: deps.usage.countRequest, read: usageStore(table).read },
      domains: domainStore(table),
      gate: gateStore(table),
      refusals: requestStore(table),
    }),
  cases: {
    getAccount: { 200: (world) => world.call('getAccount') },
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
