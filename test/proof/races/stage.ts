import { randomBytes } from 'node:crypto';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { makeKeyText } from '../../../lambdas/core/api-key/api-key.ts';
import type { Plan, Plans } from '../../../lambdas/core/contract/plans.ts';
import { accountStore } from '../../../lambdas/core/table/account-store.ts';
import { apiKeyStore } from '../../../lambdas/core/table/api-key-store.ts';
import { domainPlaces } from '../../../lambdas/core/table/domain-places.ts';
import { domainStore } from '../../../lambdas/core/table/domain-store.ts';
import { type Item, queryPage } from '../../../lambdas/core/table/items.ts';
import { usageStore } from '../../../lambdas/core/table/usage-store.ts';
import { keyId } from '../../../lambdas/core/value/id.ts';
import { startSes } from '../../../local/ses/server.ts';
import { startMessagingEmulator } from '../../contracts/messaging-fixture.ts';
import { startTable, useEndpoint } from '../../contracts/table-fixture.ts';
import { aDomain, aKey, anAccount } from '../../core/email/fakes.ts';
import type { Request } from './messages.ts';

/** The engines that all workers share, and accounts to race for. */
export type Stage = Awaited<ReturnType<typeof openStage>>;

/** An account of its own, with a verified domain and a live key of scope `full`. */
export type Racer = { readonly account: string; readonly key: string; readonly domain: string };

const hex24 = () => randomBytes(12).toString('hex');

/** A request of the racer's to send one email. */
export function post(
  { key, domain }: Racer,
  { to, idempotencyKey }: { to: readonly string[]; idempotencyKey?: string },
): Request {
  return {
    function: 'accept-email',
    routeKey: 'POST /api/v1/emails',
    key,
    body: { from: `shop@${domain}`, to, subject: 'Hello', text: 'Hi' },
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
}

/** Starts the engines. @param plans the accounts' plans, by name */
export async function openStage(plans: Plans) {
  const { table, stop: stopTable } = await startTable();
  const messaging = await startMessagingEmulator();
  const ses = await startSes({ file: ':memory:', publish: async () => undefined });
  useEndpoint('SESV2', ses.url);
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  await sqs.send(new CreateQueueCommand({ QueueName: 'send' }));
  sqs.destroy();

  return {
    /** What a worker's functions find in their environment. */
    environment: {
      TABLE_NAME: table.name,
      CONTENT_BUCKET: 'contents',
      SEND_QUEUE_URL: messaging.queueUrl('send'),
      PLANS: JSON.stringify(plans),
      RETENTION_DAYS: '30',
      TIME_SCALE: '1',
      USER_POOL_ID: 'us-east-1_Nobody',
      USER_POOL_CLIENT_ID: 'nobody',
      NAME_SERVERS: ses.dns,
    },
    async racer(plan: string): Promise<Racer> {
      const account = hex24();
      const domain = `d${account}.example.com`;
      const key = makeKeyText('live');
      await accountStore(table).create(anAccount({ id: account, plan }));
      await apiKeyStore(table).create(aKey({ id: keyId(key), account }));
      await domainStore(table).claim(aDomain({ name: domain, account }));
      return { account, key, domain };
    },
    /** Everything in one partition. */
    async partition(partition: string, byTime = false): Promise<Item[]> {
      const items: Item[] = [];
      let startKey: Item | undefined;
      do {
        const query = { partition, limit: 1000, byTime, ...(startKey ? { startKey } : {}) };
        const page = await queryPage(table, query);
        items.push(...page.items);
        startKey = page.lastKey;
      } while (startKey);
      return items;
    },
    /** Emails of a month (`2026-01`) that are charged. */
    async used(account: string, month: string): Promise<number> {
      const [used = 0] = await usageStore(table).read([{ account, environment: 'live', month }]);
      return used;
    },
    /** Domains that an account holds, but for the one that it began with. */
    async domainsOf(account: string): Promise<number> {
      return (await domainPlaces(table).list(account)).length;
    },
    table,
    async stop() {
      await ses.stop();
      await messaging.stop();
      await stopTable();
    },
  };
}

/** A plan without limits, but for those that a race is about. */
export function planWith(changes: Partial<Plan>): Plan {
  return { emailsPerMonth: null, domains: null, requestsPerSecond: 1_000_000, ...changes };
}
