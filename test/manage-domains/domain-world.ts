import type { AccountStore } from '../../lambdas/core/account/account.ts';
import type { ApiKey } from '../../lambdas/core/api-key/api-key.ts';
import { openDomainIdentities } from '../../lambdas/core/aws/identities.ts';
import { times } from '../../lambdas/core/contract/times.ts';
import type { DnsRecords } from '../../lambdas/core/domain/dns-records.ts';
import { domainPlaces } from '../../lambdas/core/table/domain-places.ts';
import { domainStore } from '../../lambdas/core/table/domain-store.ts';
import { noticeStore } from '../../lambdas/core/table/notice-store.ts';
import { createHandler, type ManageDomainsDeps } from '../../lambdas/manage-domains/handler.ts';
import { routes } from '../../lambdas/manage-domains/route.ts';
import { createHandler as createRecheck } from '../../lambdas/recheck-domains/handler.ts';
import { startTable } from '../contracts/table-fixture.ts';
import { anAccount, memoryLog, NOW, only } from '../core/email/fakes.ts';
import { call, httpEvent, httpWorld } from '../core/http/fake-http.ts';
import { CONTEXT } from '../core/queue/fake-batch.ts';
import { clientOf, control, start } from '../local/ses/harness.ts';
import { hex24 } from '../manage-webhooks/webhook-world.ts';

export const HOUR = 3_600_000;
export const TIMES = times(1);
export const REGION = 'us-east-1';

type Given = { readonly body?: unknown; readonly query?: Record<string, string> };
type Answer = Awaited<ReturnType<typeof call>>;
type Shown = { readonly type: string; readonly name: string; readonly value: string };

/** The table and the local SES that all worlds of a file share, and a DNS that tests write. */
export async function startDomains() {
  const fixture = await startTable();
  const running = await start();
  process.env.AWS_ENDPOINT_URL_SESV2 = running.ses.url;
  process.env.AWS_REGION = REGION;
  /** `<type> <name>` → values; undefined there means that nobody answers, absent that there are none. */
  const zone = new Map<string, readonly string[] | undefined>();
  const dns: DnsRecords = {
    async lookUp(type, name) {
      const key = `${type} ${name}`;
      return zone.has(key) ? zone.get(key) : [];
    },
  };
  const stop = async () => {
    await running.stop();
    await fixture.stop();
  };
  return { table: fixture.table, ses: running.ses.url, zone, dns, stop };
}

export type Shared = Awaited<ReturnType<typeof startDomains>>;

/** An account's calls; time stands until it is moved. */
export function domainWorld(
  { table, ses, zone, dns }: Shared,
  {
    plan = 'Starter',
    clock = { now: NOW },
    ...changes
  }: Partial<ManageDomainsDeps> & {
    readonly plan?: string;
    readonly clock?: { now: number };
  } = {},
) {
  const account = hex24();
  const name = `${account}.example`;
  const { log, lines } = memoryLog();
  const domains = domainStore(table);
  const places = domainPlaces(table);
  const identities = openDomainIdentities();
  const notices = noticeStore(table);
  const shared = { domains, places, identities, notices, dns, times: TIMES, now: () => clock.now };

  function as(key: Partial<ApiKey> = {}) {
    const { deps } = httpWorld({ account, ...key }, 10_000);
    const find = async (id: string) => anAccount({ id, plan });
    const accounts = only<AccountStore>('accounts', { find });
    const handler = createHandler({ ...deps, log, accounts, ...shared, ...changes });
    return (
      route: keyof typeof routes,
      wanted: string = name,
      { body, query }: Given = {},
    ): Promise<Answer> => {
      const { method, path } = routes[route];
      const isOne = path.includes('{name}');
      const sent = body ?? (route === 'add' ? { name: wanted } : undefined);
      return call(
        handler,
        httpEvent({
          method,
          routeKey: `${method} ${path}`,
          ...(isOne ? { pathParameters: { name: wanted } } : {}),
          ...(query ? { queryStringParameters: query } : {}),
          ...(sent === undefined
            ? {}
            : { body: typeof sent === 'string' ? sent : JSON.stringify(sent) }),
        }),
      );
    };
  }

  /** Does in DNS what an answer's records say; all, or those of a purpose. */
  function publish({ records }: { records: (Shown & { purpose: string })[] }, purpose?: string) {
    for (const record of records) {
      if (purpose !== undefined && record.purpose !== purpose) continue;
      const value = record.type === 'MX' ? `10 ${record.value}` : record.value;
      zone.set(`${record.type} ${record.name}`, [value]);
    }
  }
  function unpublish({ records }: { records: Shown[] }) {
    for (const { type, name: host } of records) zone.delete(`${type} ${host}`);
  }

  const live = as();
  const sesSays = (verb: 'verify' | 'fail', wanted = name) =>
    control(ses, 'POST', `identities/${wanted}/${verb}`);
  /** The schedule's run, at the world's time. */
  const recheck = (more: Partial<Parameters<typeof createRecheck>[0]> = {}, context = CONTEXT) =>
    createRecheck({ log, ...shared, sleep: async () => undefined, ...more })({}, context);
  /** Adds the world's domain, publishes its records and has it verified. */
  const verified = async () => {
    const { body } = await live('add');
    publish(body);
    await sesSays('verify');
    return (await live('verify')).body;
  };
  return {
    account,
    name,
    clock,
    lines,
    domains,
    places,
    notices,
    as,
    live,
    publish,
    unpublish,
    sesSays,
    recheck,
    verified,
    client: clientOf(ses),
  };
}
