import { apiKeyStore } from '../../../lambdas/core/table/api-key-store.ts';
import { domainStore } from '../../../lambdas/core/table/domain-store.ts';
import { keyPlaces } from '../../../lambdas/core/table/key-places.ts';
import { createHandler } from '../../../lambdas/manage-api-keys/handler.ts';
import { routes } from '../../../lambdas/manage-api-keys/route.ts';
import type { FunctionUnderTest } from '../world.ts';

export const tested: FunctionUnderTest = {
  name: 'manage-api-keys',
  routes: Object.values(routes),
  handler(deps, table) {
    const store = apiKeyStore(table);
    // The caller's own key is on no table.
    // The caller's own key is on no table.
    const find: typeof store.find = async (id) =>
      (await deps.apiKeys.find(id)) ?? (await store.find(id));
    return createHandler({
      ...deps,
      apiKeys: { ...store, find, noteUse: deps.apiKeys.noteUse },
      keyPlaces: keyPlaces(table),
      domains: domainStore(table),
    });
  },
};
