import type { DescribedRoute } from '../../lambdas/core/http/route.ts';
import type { Given, Provocation } from './world.ts';

/** Larger than the content of a mail may be. */
const HUGE = { html: 'x'.repeat(5 * 1024 * 1024 + 1) };

/** Ids of nothing: each well-formed where it stands. */
const NOTHING: Readonly<Record<string, string>> = {
  id: '0'.repeat(24),
  deliveryId: `msg_${'0'.repeat(9)}_${'0'.repeat(24)}`,
  address: 'nobody@example.net',
  name: 'nothing.example.net',
};

/** A request to ids of nothing, with an empty body where one is taken. */
function nowhere(route: DescribedRoute): Given {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const path = Object.fromEntries(names.map((name) => [name, NOTHING[name] ?? '0']));
  return { path, ...(route.body ? { body: {} } : {}) };
}

/** A request that fits the declaration in nothing but its route. */
function wrong(route: DescribedRoute): Given {
  return route.body ? { ...nowhere(route), body: '{' } : { query: { nonsense: '1' } };
}

/** What brings about the errors that follow from a route's declaration, whatever its handler does. */
export function generalCases(route: DescribedRoute): Record<string, Provocation> {
  const { operation } = route;
  const given = nowhere(route);
  return {
    Unauthorized: (world) => world.call(operation, given, { anonymous: true }),
    'Rate limit exceeded': (world) => world.call(operation, given, { limited: true }),
    'Internal server error': (world) => world.call(operation, given, { broken: true }),
    // Of the scopes and bounds of keys there is none that fewer routes take.
    Forbidden: (world) =>
      world.call(operation, given, { key: { scope: 'send', domain: 'other.example' } }),
    'Not found': (world) => world.call(operation, given),
    'Validation failed': (world) => world.call(operation, wrong(route)),
    'Too large': (world) => world.call(operation, { ...given, body: HUGE }),
  };
}
