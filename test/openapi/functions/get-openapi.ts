import { createHandler } from '../../../lambdas/get-openapi/handler.ts';
import { routes } from '../../../lambdas/get-openapi/route.ts';
import { DOCUMENT } from '../document.ts';
import type { FunctionUnderTest } from '../world.ts';

export const tested: FunctionUnderTest = {
  name: 'get-openapi',
  routes: Object.values(routes),
  handler: (deps) => createHandler({ ...deps, document: DOCUMENT }),
};
