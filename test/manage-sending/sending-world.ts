import { randomBytes } from 'node:crypto';
import type { Account, AccountStore } from '../../lambdas/core/account/account.ts';
import type { ApiKey } from '../../lambdas/core/api-key/api-key.ts';
import { productionAccess } from '../../lambdas/core/aws/production-access.ts';
import { openRecipientIdentities } from '../../lambdas/core/aws/recipient-identities.ts';
import { sesAccount } from '../../lambdas/core/aws/ses-account.ts';
import { domainStore } from '../../lambdas/core/table/domain-store.ts';
import { gateStore } from '../../lambdas/core/table/gate-store.ts';
import { createHandler } from '../../lambdas/manage-sending/handler.ts';
import { routes } from '../../lambdas/manage-sending/route.ts';
import { startTable } from '../contracts/table-fixture.ts';
import { anAccount, NOW, only } from '../core/email/fakes.ts';
import { call, httpEvent, httpWorld } from '../core/http/fake-http.ts';
import { clientOf, control, start } from '../local/ses/harness.ts';

/** The operator's actions on a table and a local SES. */
export async function startSending() {
  const fixture = await startTable();
  const running = await start();
  process.env.AWS_ENDPOINT_URL_SESV2 = running.ses.url;
  const gate = gateStore(fixture.table);
  const recipients = openRecipientIdentities();
  const askForProduction = productionAccess();
  const as = (key: Partial<ApiKey> = {}, account: Partial<Account> = { plan: 'Operator' }) => {
    const { deps } = httpWorld(key, 10_000);
    const handler = createHandler({
      ...deps,
      accounts: only<AccountStore>('accounts', {
        find: async (id) => anAccount({ id, ...account }),
      }),
      domains: domainStore(fixture.table),
      gate,
      recipients,
      askForProduction,
    });
    return (name: keyof typeof routes, given: { body?: unknown; address?: string } = {}) => {
      const { method, path } = routes[name];
      return call(
        handler,
        httpEvent({
          method,
          routeKey: `${method} ${path}`,
          ...(given.address === undefined ? {} : { pathParameters: { address: given.address } }),
          ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
        }),
      );
    };
  };
  return {
    table: fixture.table,
    gate,
    as,
    operator: as(),
    client: clientOf(running.ses.url),
    /** A name that no other test has. */
    fresh: () => `r${randomBytes(6).toString('hex')}@example.org`,
    sesSays: (verb: 'verify' | 'fail', name: string) =>
      control(running.ses.url, 'POST', `identities/${encodeURIComponent(name)}/${verb}`),
    setAccount: (body: object) => control(running.ses.url, 'PUT', 'account', body),
    /** What the schedule does each minute. */
    refresh: async () => gate.refresh(await sesAccount(() => NOW)()),
    async stop() {
      await running.stop();
      await fixture.stop();
    },
  };
}
