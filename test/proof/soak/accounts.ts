import { randomBytes } from 'node:crypto';
import { makeKeyText } from '../../../lambdas/core/api-key/api-key.ts';
import { accountStore } from '../../../lambdas/core/table/account-store.ts';
import { apiKeyStore } from '../../../lambdas/core/table/api-key-store.ts';
import { domainStore } from '../../../lambdas/core/table/domain-store.ts';
import type { Table } from '../../../lambdas/core/table/table.ts';
import { keyId } from '../../../lambdas/core/value/id.ts';
import type { System } from '../../../local/system.ts';
import { aDomain, aKey, anAccount } from '../../core/email/fakes.ts';
import { persist } from '../../kit/patience.ts';
import { verifyDomain } from '../../local/ses/harness.ts';
import type { startCustomers } from './customers.ts';

/** One account of the soak, with its key and domain. */
export type Customer = {
  readonly account: string;
  readonly key: string;
  readonly domain: string;
  readonly hears: Hears;
};

/** What a customer hears of: everything that ends well or badly, or only the latter. */
export type Hears = 'all' | 'trouble';

const TROUBLE = ['email.bounced', 'email.complained', 'email.failed'];

/** An account on the plan "Soak" with a verified domain and a webhook endpoint. */
export async function makeCustomer(
  system: System,
  table: Table,
  customers: Awaited<ReturnType<typeof startCustomers>>,
  hears: Hears,
): Promise<Customer> {
  const account = randomBytes(12).toString('hex');
  const domain = `d${account}.example.com`;
  const key = makeKeyText('live');
  await persist(() => verifyDomain(system.endpoints.ses, domain));
  await accountStore(table).create(anAccount({ id: account, plan: 'Soak' }));
  await apiKeyStore(table).create(aKey({ id: keyId(key), account }));
  await domainStore(table).claim(aDomain({ name: domain, account }));
  const path = `/${account}`;
  const answer = await fetch(`${system.apiUrl}/api/v1/webhooks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({
      url: customers.url(path),
      events: hears === 'all' ? ['email.delivered', ...TROUBLE] : TROUBLE,
    }),
  });
  // Not repeated: each call that succeeds makes an endpoint, of which only the last one's secret would be known.
  if (answer.status !== 201)
    throw new Error(`No endpoint: ${answer.status} ${await answer.text()}`);
  const { secret } = (await answer.json()) as { secret: string };
  customers.expect(path, secret);
  return { account, key, domain, hears };
}
