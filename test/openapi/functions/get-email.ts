import { emailReads } from '../../../lambdas/core/table/email-store.ts';
import { gateStore } from '../../../lambdas/core/table/gate-store.ts';
import { createHandler } from '../../../lambdas/get-email/handler.ts';
import { routes } from '../../../lambdas/get-email/route.ts';
import type { FunctionUnderTest } from '../world.ts';

const CONTENT = { html: '<p>Hello</p>' };

export const tested: FunctionUnderTest = {
  name: 'get-email',
  routes: Object.values(routes),
  handler: (deps, table) =>
    createHandler({
      ...deps,
      emails: emailReads(table),
      contents: { find: async () => CONTENT },
      gate: gateStore(table),
    }),
};
