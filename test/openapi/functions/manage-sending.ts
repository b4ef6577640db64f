import type { Asked } from '../../../lambdas/core/sending/production-access.ts';
import type { Recipient } from '../../../lambdas/core/sending/recipient.ts';
import { domainStore } from '../../../lambdas/core/table/domain-store.ts';
import { gateStore } from '../../../lambdas/core/table/gate-store.ts';
import { createHandler } from '../../../lambdas/manage-sending/handler.ts';
import { routes } from '../../../lambdas/manage-sending/route.ts';
import type { FunctionUnderTest } from '../world.ts';

const known = new Map<string, Recipient>();
const asked = new Set<string>();
const recipients = {
  find: async (address: string) => known.get(address),
  create: async (address: string) => void known.set(address, { status: 'pending', isOurs: false }),
  remove: async (address: string) => void known.delete(address),
};

export const tested: FunctionUnderTest = {
  name: 'manage-sending',
  routes: Object.values(routes),
  handler: (deps, table) =>
    createHandler({
      ...deps,
      domains: domainStore(table),
      gate: gateStore(table),
      recipients,
      async askForProduction({ useCaseDescription }): Promise<Asked> {
        if (asked.has(useCaseDescription)) return { kind: 'under review' };
        asked.add(useCaseDescription);
        return { kind: 'asked' };
      },
    }),
};
