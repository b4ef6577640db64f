import type { GenericSchema } from 'valibot';
import type { Scope } from '../api-key/api-key.ts';
import { Refusal } from './refusal.ts';
import { gatheredBy, type Step } from './request.ts';

/** One route as its function declares it. Whatever it does not say is not allowed. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** API Gateway's path, with parameters in braces. */
  readonly path: string;
  /** The least scope that a key needs. */
  readonly scope: Scope;
  /** True where a key bound to one domain may come; the handler then keeps it to that domain's mail. */
  readonly domainKeys?: boolean;
  /** Schema of the body; a route without one takes none. */
  readonly body?: GenericSchema;
  /** True where an empty body stands for `{}`. */
  readonly bodyOptional?: boolean;
};

/** API Gateway's name of a route. */
export function routeKeyOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

function checkAccess(route: Route, { scope, domain }: { scope: Scope; domain?: string }): void {
  if (scope !== 'full' && scope !== route.scope) {
    const message = `This API key has the scope '${scope}', which allows posting emails and reading the state of one. Use a key with the scope 'full'.`;
    throw new Refusal('Forbidden', message);
  }
  if (domain !== undefined && !route.domainKeys) {
    const message = `This API key is bound to the domain ${domain}, and this concerns the whole account. Use a key with the scope 'full' that is bound to no domain.`;
    throw new Refusal('Forbidden', message);
  }
}

/**
 * Middleware: finds the request's route and lets the caller's key through where the route allows it, 403
 * otherwise. A request that reaches a function by a route which that does not declare is our own fault.
 */
export function permit(routes: readonly Route[]) {
  const byKey = new Map(routes.map((route) => [routeKeyOf(route), route]));
  return {
    before(step: Step): void {
      const known = gatheredBy(step);
      const route = byKey.get(step.event.routeKey);
      if (!route || !known.caller) throw new Error(`Nothing allows ${step.event.routeKey}.`);
      checkAccess(route, known.caller.key);
      known.route = route;
    },
  };
}
