import { suppressionStore } from '../../../lambdas/core/table/suppression-store.ts';
import { createHandler } from '../../../lambdas/manage-suppressions/handler.ts';
import { routes } from '../../../lambdas/manage-suppressions/route.ts';
import type { FunctionUnderTest } from '../world.ts';

export const tested: FunctionUnderTest = {
  name: 'manage-suppressions',
  routes: Object.values(routes),
  handler: (deps, table) => createHandler({ ...deps, suppressions: suppressionStore(table) }),
};
