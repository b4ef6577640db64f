import { createHandler } from '../../../lambdas/accept-email/handler.ts';
import { routes } from '../../../lambdas/accept-email/route.ts';
import { domainStore } from '../../../lambdas/core/table/domain-store.ts';
import { emailAccepts } from '../../../lambdas/core/table/email-store.ts';
import { recipientIndex } from '../../../lambdas/core/table/recipient-index.ts';
import { suppressionStore } from '../../../lambdas/core/table/suppression-store.ts';
import type { FunctionUnderTest } from '../world.ts';

export const tested: FunctionUnderTest = {
  name: 'accept-email',
  routes: Object.values(routes),
  handler: (deps, table) =>
    createHandler({
      ...deps,
      emails: emailAccepts(table, 30),
      contents: { put: async () => undefined },
      recipients: recipientIndex(table, 30),
      domains: domainStore(table),
      suppressions: suppressionStore(table),
      quota: { charged: async () => undefined, refused: async () => undefined },
      queue: { send: async () => undefined },
      sendFor: 1000,
    }),
};
