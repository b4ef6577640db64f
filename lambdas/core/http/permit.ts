import type { ApiKey } from '../api-key/api-key.ts';
import { type Caller, isTestKey, mayOperate } from './caller.ts';
import { Refusal } from './refusal.ts';
import { type HttpStep, stateOf } from './request.ts';
import { type Route, routeKeyOf } from './route.ts';

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

function checkCaller(route: Route, caller: Caller): void {
  if (caller.key) checkKey(route, caller.key);
  if (route.liveOnly && isTestKey(caller)) {
    const message =
      'A test key can read this but not change it, because it applies to live email. Use a key that begins with ml_live_.';
    throw new Refusal('Forbidden', message);
  }
  if (route.operatorOnly && !mayOperate(caller)) {
    const message =
      "Only the operator may do this, because it concerns the whole service. Sign in as a member of the group 'operators', or use a live key with the scope 'full' of the operator's account.";
    throw new Refusal('Forbidden', message);
  }
}

/**
 * Middleware: finds the request's route and lets the caller through where the route allows it, 403 otherwise. Of users,
 * authentication has let those through whom the route takes. A request that reaches a function by a route which that
 * does not declare is our own fault.
 */
export function permit(routes: readonly Route[]) {
  const byKey = new Map(routes.map((route) => [routeKeyOf(route), route]));
  return {
    before(step: HttpStep): void {
      const state = stateOf(step);
      const route = byKey.get(step.event.routeKey);
      const { caller } = state;
      const allowed = caller?.key ?? route?.users;
      if (!route || !caller || !allowed) throw new Error(`Nothing allows ${step.event.routeKey}.`);
      checkCaller(route, caller);
      state.route = route;
    },
  };
}
