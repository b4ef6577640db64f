import type { GenericSchema } from 'valibot';
import type { ApiKey, Scope } from '../api-key/api-key.ts';
import { type ErrorName, Refusal } from './refusal.ts';
import { gatheredBy, type Step } from './request.ts';

/**
 * What callers are told of a route: the OpenAPI document is made of this and of nothing else. Each
 * `lambdas/<function>/route.ts` declares its own as plain data, with `as const`:
 *
 * ```ts
 * export const routes = {
 *   add: {
 *     method: 'POST',
 *     path: '/api/v1/suppressions',
 *     scope: 'full',
 *     operation: 'addSuppression',
 *     summary: 'Adds an address to the suppression list',
 *     body: addSchema,
 *     answers: { 200: suppressionSchema, 201: suppressionSchema },
 *     refusals: ['Conflict'],
 *   },
 * } as const;
 * ```
 *
 * and is listed in `core/contract/routes.ts` and in `get-openapi/all-routes.ts`; a test fails where one is missing.
 */
export type DescribedRoute = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** API Gateway's path, with parameters in braces. */
  readonly path: string;
  /** Its name in generated clients: a verb and a noun, `addSuppression`; no other route has it. */
  readonly operation: string;
  /** What it does, for people: one line, without a full stop. */
  readonly summary: string;
  /** Schema of the query: an object whose keys are the parameters. */
  readonly query?: GenericSchema;
  /** Schema of the `Idempotency-Key` header, where the route looks at it. */
  readonly idempotencyKey?: GenericSchema;
  /** Schema of the body; a route without one takes none. */
  readonly body?: GenericSchema;
  /** True where an empty body means `{}`. */
  readonly bodyOptional?: boolean;
  /** Each success: its status, and the schema of its body or null where it has none. */
  readonly answers: Readonly<Record<number, GenericSchema | null>>;
  /**
   * Errors that the handler gives itself. Those that follow from the rest are not named here:
   * `core/openapi/refusals.ts` adds them (401, 429 for the rate, 500; 404 of a path with parameters, …).
   */
  readonly refusals?: readonly ErrorName[];
};

/** One route as its function declares it. Whatever it does not say is not allowed. */
export type Route = DescribedRoute & {
  /** The least scope that a key needs. */
  readonly scope: Scope;
  /** True where a key bound to one domain may come; the handler then keeps it to that domain's mail. */
  readonly domainKeys?: boolean;
  /** True where signed-in users may come with their access token. */
  readonly users?: boolean;
};

/** API Gateway's name of a route. */
export function routeKeyOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

function checkKey(route: Route, { scope, domain }: Pick<ApiKey, 'scope' | 'domain'>): void {
  if (scope !== 'full' && scope !== route.scope) {
    const message = `This API key has the scope '${scope}', which only allows sending emails and reading the status of one. Use a key with the scope 'full'.`;
    throw new Refusal('Forbidden', message);
  }
  if (domain !== undefined && !route.domainKeys) {
    const message = `This API key is bound to the domain ${domain}, but this request concerns the whole account. Use a key with the scope 'full' that is not bound to a domain.`;
    throw new Refusal('Forbidden', message);
  }
}

/**
 * Middleware: finds the request's route and lets the caller's key through where the route allows it, 403
 * otherwise; of users, authentication has let those through whom the route takes. A request that reaches a function by a route which that does not declare is our own fault.
 */
export function permit(routes: readonly Route[]) {
  const byKey = new Map(routes.map((route) => [routeKeyOf(route), route]));
  return {
    before(step: Step): void {
      const known = gatheredBy(step);
      const route = byKey.get(step.event.routeKey);
      const { caller } = known;
      const allowed = caller?.key ?? route?.users;
      if (!route || !caller || !allowed) throw new Error(`Nothing allows ${step.event.routeKey}.`);
      if (caller.key) checkKey(route, caller.key);
      known.route = route;
    },
  };
}
