import { MOST_KEYS } from '../../../lambdas/core/api-key/room.ts';
import { apiKeyStore } from '../../../lambdas/core/table/api-key-store.ts';
import { domainStore } from '../../../lambdas/core/table/domain-store.ts';
import { keyPlaces } from '../../../lambdas/core/table/key-places.ts';
import { createHandler } from '../../../lambdas/manage-api-keys/handler.ts';
import { routes } from '../../../lambdas/manage-api-keys/route.ts';
import { aDomain } from '../../core/email/fakes.ts';
import type { FunctionUnderTest, World } from '../world.ts';

const create = (world: World, more: object = {}) =>
  world.call('createApiKey', { body: { name: 'Shop', ...more } });

export const tested: FunctionUnderTest = {
  name: 'manage-api-keys',
  routes: Object.values(routes),
  handler(deps, table) {
    const store = apiKeyStore(table);
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
  cases: {
    listApiKeys: {
      async 200(world) {
        const { id } = (await create(world)).body;
        await create(world, { environment: 'test', scope: 'full' });
        await world.call('revokeApiKey', { path: { id } });
        return world.call('listApiKeys');
      },
    },
    createApiKey: {
      async 201(world) {
        const name = `k${world.account}.example.com`;
        await domainStore(world.table).claim(aDomain({ name, account: world.account }));
        return create(world, { domain: name });
      },
      async 'Plan limit reached'(world) {
        for (let i = 0; i < MOST_KEYS; i += 1) await create(world);
        return create(world);
      },
    },
    revokeApiKey: {
      async 204(world) {
        return world.call('revokeApiKey', { path: { id: (await create(world)).body.id } });
      },
    },
  },
};
