import { randomBytes } from 'node:crypto';
import type { Account } from '../../lambdas/core/account/account.ts';
import { type ApiKey, makeKeyText } from '../../lambdas/core/api-key/api-key.ts';
import { callerStores } from '../../lambdas/core/table/caller-stores.ts';
import { domainStore } from '../../lambdas/core/table/domain-store.ts';
import { keyPlaces } from '../../lambdas/core/table/key-places.ts';
import type { Table } from '../../lambdas/core/table/table.ts';
import { keyId } from '../../lambdas/core/value/id.ts';
import { createHandler, type ManageApiKeysDeps } from '../../lambdas/manage-api-keys/handler.ts';
import { routes } from '../../lambdas/manage-api-keys/route.ts';
import { aDomain, anAccount, memoryLog, NOW } from '../core/email/fakes.ts';
import { call, httpEvent } from '../core/http/fake-http.ts';

const PLANS = { Wide: { emailsPerMonth: null, domains: null, requestsPerSecond: 100_000 } };

type Given = { id?: string; body?: unknown; query?: Record<string, string> };

export const hex = (bytes: number) => randomBytes(bytes).toString('hex');
/** So many seconds after the tests' own time. */
export const at = (second: number) => new Date(NOW + second * 1000).toISOString();

/** An account of its own, the function on real stores, and a clock that stands until it is moved. */
export async function keyWorld(
  table: Table,
  changes: Partial<ManageApiKeysDeps> = {},
  status: Account['status'] = 'active',
) {
  const account = hex(12);
  const clock = { now: NOW };
  const { log, lines } = memoryLog();
  const stores = callerStores(table);
  const { apiKeys } = stores;
  const domains = domainStore(table);
  await stores.accounts.create(anAccount({ id: account, plan: 'Wide', status }));
  const handler = createHandler({
    log,
    plans: PLANS,
    ...stores,
    keyPlaces: keyPlaces(table),
    domains,
    now: () => clock.now,
    ...changes,
  });

  /** Makes a key that the account already has, of scope `full` unless it says otherwise: its text. */
  const hold = async (more: Partial<ApiKey> = {}) => {
    const text = makeKeyText(more.environment ?? 'live');
    const key = { id: keyId(text), account, name: 'server', environment: 'live', scope: 'full' };
    const rest = { last4: text.slice(-4), createdAt: at(-3600) } as const;
    await apiKeys.create({ ...(key as ApiKey), ...rest, ...more });
    return text;
  };
  const as =
    (key: string) =>
    (name: keyof typeof routes, { id, body, query }: Given = {}) => {
      const { method, path } = routes[name];
      return call(
        handler,
        httpEvent({
          method,
          routeKey: `${method} ${path}`,
          headers: { authorization: `Bearer ${key}` },
          ...(id === undefined ? {} : { pathParameters: { id } }),
          ...(query ? { queryStringParameters: query } : {}),
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
    };
  const own = await hold();
  return {
    ...{ account, apiKeys, domains, clock, lines, hold, as, own, live: as(own) },
    claim: (name: string, more = {}) => domains.claim(aDomain({ name, account, ...more })),
  };
}
