import { OPERATOR_PLAN_NAME } from '../../lambdas/core/contract/plans.ts';
import type { Route } from '../../lambdas/core/http/route.ts';
import { exampleBody } from './example-body.ts';
import type { As, Given, Provocation } from './world.ts';

/** Larger than the content of a mail may be. */
const HUGE = { html: 'x'.repeat(5 * 1024 * 1024 + 1) };

/** Ids of nothing: each well-formed where it stands. */
const NOTHING: Readonly<Record<string, string>> = {
  id: '0'.repeat(24),
  deliveryId: `msg_${'0'.repeat(9)}_${'0'.repeat(24)}`,
  address: 'nobody@example.net',
  name: 'nothing.example.net',
};

/** A request with ids of nothing and nothing wrong with it. */
function nowhere(route: Route): Given {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const path = Object.fromEntries(names.map((name) => [name, NOTHING[name] ?? '0']));
  return { path, ...(route.body ? { body: exampleBody(route.body) } : {}) };
}

/** A request that fits the declaration in nothing but its route. */
function wrong(route: Route): Given {
  return route.body ? { ...nowhere(route), body: '{' } : { query: { nonsense: '1' } };
}

/** What brings about the errors that follow from a route's declaration, whatever its handler does. */
export function generalCases(route: Route): Record<string, Provocation> {
  const { operation } = route;
  const given = nowhere(route);
  const allowed: As = route.operatorOnly ? { account: { plan: OPERATOR_PLAN_NAME } } : {};
  return {
    Unauthorized: (world) => world.call(operation, given, { anonymous: true }),
    'Rate limit exceeded': (world) => world.call(operation, given, { limited: true }),
    'Internal server error': (world) => world.call(operation, given, { broken: true }),
    // Of the scopes and bounds of keys there is none that fewer routes take.
    Forbidden: (world) =>
      world.call(operation, given, { key: { scope: 'send', domain: 'other.example' } }),
    'Not found': (world) => world.call(operation, given, allowed),
    'Validation failed': (world) => world.call(operation, wrong(route), allowed),
    'Too large': (world) => world.call(operation, { ...given, body: HUGE }),
  };
}
