import { suppressionStore } from '../../../lambdas/core/table/suppression-store.ts';
import { createHandler } from '../../../lambdas/manage-suppressions/handler.ts';
import { routes } from '../../../lambdas/manage-suppressions/route.ts';
import { bounce } from '../../manage-suppressions/suppression-world.ts';
import type { FunctionUnderTest, World } from '../world.ts';

const address = 'ada@example.com';
const path = { address };

const add = (world: World) => world.call('addSuppression', { body: { address, detail: 'Left.' } });
const bounced = ({ account, table }: World) =>
  suppressionStore(table).add(account, bounce({ address }));

export const tested: FunctionUnderTest = {
  name: 'manage-suppressions',
  routes: Object.values(routes),
  handler(deps, table) {
    const store = suppressionStore(table);
    const add: typeof store.add = async (account, suppression) => {
      await store.add(account, suppression);
      // What another caller does at the same moment.
      if (suppression.detail === 'raced') await remove(account, suppression.address);
    };
    const remove = (account: string, gone: string) =>
      store.remove(account, gone, new Date(deps.now()).toISOString());
    return createHandler({ ...deps, suppressions: { ...store, add } });
  },
  cases: {
    listSuppressions: {
      async 200(world) {
        await bounced(world);
        await world.call('addSuppression', { body: { address: 'bob@example.com' } });
        return world.call('listSuppressions', { query: { limit: '1' } });
      },
    },
    addSuppression: {
      201: add,
      async 200(world) {
        await add(world);
        return add(world);
      },
      Conflict: (world) => world.call('addSuppression', { body: { address, detail: 'raced' } }),
    },
    getSuppression: {
      async 200(world) {
        await bounced(world);
        return world.call('getSuppression', { path });
      },
    },
    removeSuppression: {
      async 204(world) {
        await add(world);
        return world.call('removeSuppression', { path });
      },
    },
  },
};
