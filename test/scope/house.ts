import { readdirSync } from 'node:fs';
import { DEFAULT_PLANS } from '../../lambdas/core/contract/plans.ts';
import type { ApiHandler, HttpDeps } from '../../lambdas/core/http/api-handler.ts';
import { routeKeyOf } from '../../lambdas/core/http/route.ts';
import { callerStores } from '../../lambdas/core/table/caller-stores.ts';
import { createHandler as refuseRoute } from '../../lambdas/refuse-route/handler.ts';
import { methodsByPath } from '../../lambdas/routes.ts';
import { startTable } from '../contracts/table-fixture.ts';
import { memoryLog, NOW } from '../core/email/fakes.ts';
import { call, httpEvent } from '../core/http/fake-http.ts';
import { startTokenPool } from '../core/net/token-pool.ts';
import type { FunctionUnderTest } from '../openapi/world.ts';

const CASES = `${import.meta.dirname}/../openapi/functions`;

/** A request by its route; ids stand in `path` as they are. */
export type Asked = {
  readonly path?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

const textOf = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body));

/**
 * The whole API: every handler on one real table, with real keys, and real tokens of a pool that answers over
 * HTTP. Each request comes `step` milliseconds after the one before, and each look at the clock moves it by `tick`.
 */
export async function startHouse() {
  const { table, stop } = await startTable();
  const pool = await startTokenPool();
  const { log, lines } = memoryLog();
  const clock = { now: NOW, step: 1000, tick: 0 };
  const stores = callerStores(table);
  const users = pool.verifier();
  const deps: HttpDeps & typeof stores = {
    ...stores,
    log,
    plans: DEFAULT_PLANS,
    users,
    now: () => {
      clock.now += clock.tick;
      return clock.now;
    },
  };
  const handlers = new Map<string, ApiHandler>([
    ['$default', refuseRoute({ ...deps, paths: methodsByPath() })],
  ]);
  for (const file of readdirSync(CASES)) {
    const { tested }: { tested: FunctionUnderTest } = await import(`${CASES}/${file}`);
    const handler = tested.handler(deps, table);
    for (const route of tested.routes) handlers.set(routeKeyOf(route), handler);
  }
  return {
    table,
    stores,
    pool,
    clock,
    lines,
    /** Sends a request to what answers the route; without a credential nobody sends it. */
    async ask(routeKey: string, credential?: string, { path, query, body }: Asked = {}) {
      clock.now += clock.step;
      const handler = handlers.get(routeKey);
      if (!handler) throw new Error(`Nothing answers ${routeKey}.`);
      const event = httpEvent({
        method: routeKey.split(' ')[0] ?? '',
        routeKey,
        headers: credential === undefined ? {} : { authorization: `Bearer ${credential}` },
        ...(path ? { pathParameters: { ...path } } : {}),
        ...(query ? { queryStringParameters: { ...query } } : {}),
        ...(body === undefined ? {} : { body: textOf(body) }),
      });
      return call(handler, event);
    },
    async stop() {
      await pool.stop();
      await stop();
    },
  };
}

/** The whole API, as {@link startHouse} made it. */
export type House = Awaited<ReturnType<typeof startHouse>>;
