import type { Asked } from '../../../lambdas/core/sending/production-access.ts';
import type { Recipient } from '../../../lambdas/core/sending/recipient.ts';
import { domainStore } from '../../../lambdas/core/table/domain-store.ts';
import { gateStore } from '../../../lambdas/core/table/gate-store.ts';
import { createHandler } from '../../../lambdas/manage-sending/handler.ts';
import { routes } from '../../../lambdas/manage-sending/route.ts';
import type { As, FunctionUnderTest, World } from '../world.ts';

const OPERATOR: As = { account: { plan: 'Operator' } };
const REQUEST = {
  mailType: 'TRANSACTIONAL',
  websiteUrl: 'https://shop.example',
  useCaseDescription: 'Receipts.',
};

/** SES, where a link is followed once it was mailed twice, and AWS, which reads a second request as a conflict. */
const known = new Map<string, Recipient>();
const asked = new Set<string>();
const recipients = {
  find: async (address: string) => known.get(address),
  create: async (address: string) => void known.set(address, { status: 'pending', isOurs: false }),
  remove: async (address: string) => void known.delete(address),
};

const addressOf = ({ account }: World) => `r${account}@example.org`;
const verify = (world: World, as: As = OPERATOR) =>
  world.call('verifySandboxRecipient', { body: { address: addressOf(world) } }, as);
const ask = (world: World, as: As = OPERATOR) =>
  world.call(
    'requestProductionAccess',
    { body: { ...REQUEST, useCaseDescription: world.account } },
    as,
  );
const customer: As = { account: { plan: 'Starter' } };

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
  cases: {
    verifySandboxRecipient: {
      202: verify,
      async 200(world) {
        known.set(addressOf(world), { status: 'verified', isOurs: true });
        return verify(world);
      },
      Forbidden: (world) => verify(world, customer),
    },
    getSandboxRecipient: {
      async 200(world) {
        await verify(world);
        const path = { address: addressOf(world) };
        return world.call('getSandboxRecipient', { path }, OPERATOR);
      },
      'Not found': (world) =>
        world.call('getSandboxRecipient', { path: { address: 'no@example.org' } }, OPERATOR),
      Forbidden: (world) =>
        world.call('getSandboxRecipient', { path: { address: 'no@example.org' } }, customer),
    },
    requestProductionAccess: {
      202: ask,
      async Conflict(world) {
        await ask(world);
        return ask(world);
      },
      Forbidden: (world) => ask(world, customer),
    },
  },
};
