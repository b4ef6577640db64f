import { randomBytes } from 'node:crypto';
import type { AccountStore } from '../../lambdas/core/account/account.ts';
import type { ApiKey } from '../../lambdas/core/api-key/api-key.ts';
import type { Suppression, SuppressionStore } from '../../lambdas/core/suppression/suppression.ts';
import { suppressionStore } from '../../lambdas/core/table/suppression-store.ts';
import type { Table } from '../../lambdas/core/table/table.ts';
import { createHandler } from '../../lambdas/manage-suppressions/handler.ts';
import { routes } from '../../lambdas/manage-suppressions/route.ts';
import { anAccount, NOW, only } from '../core/email/fakes.ts';
import { call, httpEvent, httpWorld } from '../core/http/fake-http.ts';

export const ADA = 'ada@example.com';
/** So many seconds after the tests' own time. */
export const at = (second: number) => new Date(NOW + second * 1000).toISOString();

type Given = { address?: string; body?: unknown; query?: Record<string, string> };

/** An account of its own on the real store. */
export function suppressionWorld(
  table: Table,
  changes: { store?: SuppressionStore; suspended?: boolean } = {},
) {
  const account = randomBytes(12).toString('hex');
  const clock = { now: NOW };
  const suppressions = changes.store ?? suppressionStore(table);
  const as = (key: Partial<ApiKey> = {}) => {
    const { deps } = httpWorld({ account, ...key }, 10_000);
    const status = changes.suspended ? 'suspended' : 'active';
    const find = async (id: string) => anAccount({ id, status });
    const accounts = only<AccountStore>('accounts', { find });
    const handler = createHandler({ ...deps, accounts, suppressions, now: () => clock.now });
    return (name: keyof typeof routes, { address, body, query }: Given = {}) => {
      const { method, path } = routes[name];
      return call(
        handler,
        httpEvent({
          method,
          routeKey: `${method} ${path}`,
          ...(address === undefined ? {} : { pathParameters: { address } }),
          ...(query ? { queryStringParameters: query } : {}),
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
    };
  };
  return { account, clock, suppressions, as, live: as() };
}

/** An entry that a permanent bounce has made. */
export const bounce = (changes: Partial<Suppression> = {}): Suppression => ({
  address: ADA,
  reason: 'bounced',
  detail: 'General',
  emailId: 'e'.repeat(24),
  createdAt: at(-60),
  expiresAt: null,
  ...changes,
});
