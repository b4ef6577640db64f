import fc from 'fast-check';
import { OPERATIONS } from '../../openapi/document.ts';
import { ACCOUNT_MAKERS } from './account-makers.ts';
import { oneChange, type Places } from './changes.ts';
import type { Change } from './draft.ts';
import { EMAIL_MAKERS } from './email-makers.ts';
import type { Maker, Shape } from './maker.ts';
import { WEBHOOK_MAKERS } from './webhook-makers.ts';

const MAKERS: Readonly<Record<string, Maker>> = {
  ...EMAIL_MAKERS,
  ...ACCOUNT_MAKERS,
  ...WEBHOOK_MAKERS,
};

/** One request to be made: a valid one of its operation, and what is changed of it. */
export type Plan = {
  readonly route: Route;
  readonly shape: Shape;
  readonly changes: readonly Change[];
};

/** An operation with the maker of its valid requests. */
export type Route = {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly maker: Maker;
  readonly places: Places;
};

/** Every operation of the document. @throws Error for one that nothing makes requests to */
export function allRoutes(): Route[] {
  return OPERATIONS.map(({ routeKey, path, operation }) => {
    const maker = MAKERS[operation.operationId];
    if (!maker) throw new Error(`Nothing makes requests to ${operation.operationId}.`);
    const same = OPERATIONS.filter((each) => each.path === path);
    const methods = same.map((each) => each.routeKey.split(' ')[0] ?? '');
    const takesBody = operation.requestBody !== undefined;
    const takesQuery = operation.parameters.some((each) => each.in === 'query');
    const places = { takesBody, takesQuery, methods, path };
    const [method = ''] = routeKey.split(' ');
    return { name: operation.operationId, method, path, maker, places };
  });
}

/** Of 100 requests 15 are valid, 55 differ in one place from a valid one, and 30 in two to five. */
function changesOf(places: Places): fc.Arbitrary<readonly Change[]> {
  const change = oneChange(places);
  return fc.oneof(
    { weight: 15, arbitrary: fc.constant([]) },
    { weight: 55, arbitrary: change.map((each) => [each]) },
    { weight: 30, arbitrary: fc.array(change, { minLength: 2, maxLength: 5 }) },
  );
}

/** `count` requests of a route, always the same for a seed. */
export function plansOf(route: Route, count: number, seed: number): Plan[] {
  const arbitrary = fc.tuple(route.maker.shape, changesOf(route.places));
  return fc
    .sample(arbitrary, { seed, numRuns: count })
    .map(([shape, changes]) => ({ route, shape, changes }));
}
