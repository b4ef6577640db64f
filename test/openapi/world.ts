import { randomBytes } from 'node:crypto';
import type { Account, AccountStore } from '../../lambdas/core/account/account.ts';
import type { UsageStore } from '../../lambdas/core/account/usage.ts';
import type { ApiKey } from '../../lambdas/core/api-key/api-key.ts';
import type { ApiHandler, HttpDeps } from '../../lambdas/core/http/api-handler.ts';
import { type Route, routeKeyOf } from '../../lambdas/core/http/route.ts';
import type { Table } from '../../lambdas/core/table/table.ts';
import { anAccount, only } from '../core/email/fakes.ts';
import { call, httpEvent, httpWorld } from '../core/http/fake-http.ts';

/** What a request says besides its route. */
export type Given = {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Who sends it, and how things stand. */
export type As = {
  readonly key?: Partial<ApiKey>;
  readonly account?: Partial<Account>;
  /** No key is shown. */
  readonly anonymous?: boolean;
  /** The second's requests are used up. */
  readonly limited?: boolean;
  /** The month's emails are used up. */
  readonly spent?: boolean;
  /** The counters cannot be reached. */
  readonly broken?: boolean;
};

export type Answer = Awaited<ReturnType<typeof call>>;

/** One account, on real stores. */
export type World = {
  readonly account: string;
  readonly table: Table;
  call(operation: string, given?: Given, as?: As): Promise<Answer>;
};

/** Brings one answer about. */
export type Provocation = (world: World) => Promise<Answer>;

/** A function as this suite drives it. */
export type FunctionUnderTest = {
  readonly name: string;
  readonly routes: readonly Route[];
  /** Its handler on real stores; what is not a store may be faked. */
  handler(deps: HttpDeps & { readonly usage: UsageStore }, table: Table): ApiHandler;
};

function depsOf(account: string, as: As) {
  const { deps } = httpWorld({ account, ...as.key }, as.limited ? 0 : 10_000);
  const down = async () => {
    throw new Error('The counters cannot be reached.');
  };
  return {
    ...deps,
    accounts: only<AccountStore>('accounts', {
      find: async (id) => anAccount({ id, ...as.account }),
    }),
    usage: only<UsageStore>('usage', {
      countRequest: as.broken ? down : deps.usage.countRequest,
      charge: async () => (as.spent ? undefined : 1),
      refund: async () => undefined,
    }),
  };
}

/** An account of its own, and a way to send requests to a function. */
export function worldOf(tested: FunctionUnderTest, table: Table): World {
  const account = randomBytes(12).toString('hex');
  return {
    account,
    table,
    async call(operation, { path, query, body, headers } = {}, as = {}) {
      const route = tested.routes.find((each) => each.operation === operation);
      if (!route) throw new Error(`${tested.name} declares no ${operation}.`);
      const event = httpEvent({
        method: route.method,
        routeKey: routeKeyOf(route),
        ...(path ? { pathParameters: { ...path } } : {}),
        ...(query ? { queryStringParameters: { ...query } } : {}),
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const { authorization, ...others } = event.headers;
      event.headers = { ...others, ...(as.anonymous ? {} : { authorization }), ...headers };
      return call(tested.handler(depsOf(account, as), table), event);
    },
  };
}
