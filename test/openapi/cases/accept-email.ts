import { createHandler } from '../../../lambdas/accept-email/handler.ts';
import { routes } from '../../../lambdas/accept-email/route.ts';
import { domainStore } from '../../../lambdas/core/table/domain-store.ts';
import { emailAccepts } from '../../../lambdas/core/table/email-store.ts';
import { recipientIndex } from '../../../lambdas/core/table/recipient-index.ts';
import { suppressionStore } from '../../../lambdas/core/table/suppression-store.ts';
import { aDomain } from '../../core/email/fakes.ts';
import { bounce } from '../../manage-suppressions/suppression-world.ts';
import type { As, FunctionUnderTest, World } from '../world.ts';

/** A name is one account's only: each world's own. */
const domainOf = ({ account }: World) => `d${account}.example.com`;

async function send(world: World, as: As = {}, changes: object = {}, key?: string) {
  const name = domainOf(world);
  await domainStore(world.table).claim(aDomain({ name, account: world.account }));
  const body = { from: `shop@${name}`, to: 'ada@example.org', subject: 'Hello', text: 'Hi' };
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  return world.call('sendEmail', { body: { ...body, ...changes }, headers }, as);
}

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
  cases: {
    sendEmail: {
      async 202(world) {
        const list = ['Ada <ada@example.org>', 'bob@example.org'];
        await send(world, {}, { to: list }, 'once');
        return send(world, {}, { to: list }, 'once');
      },
      async Conflict(world) {
        await send(world, {}, {}, 'once');
        return send(world, {}, { subject: 'Another' }, 'once');
      },
      'Account suspended': (world) => send(world, { account: { status: 'suspended' } }),
      Forbidden: (world) => send(world, { key: { domain: 'other.example' } }),
      'Domain not verified': (world) => send(world, {}, { from: 'shop@unknown.example' }),
      async 'Recipient suppressed'(world) {
        const address = 'gone@example.org';
        await suppressionStore(world.table).add(world.account, bounce({ address }));
        return send(world, {}, { to: address });
      },
      'Monthly quota exceeded': (world) => send(world, { spent: true }),
    },
  },
};
