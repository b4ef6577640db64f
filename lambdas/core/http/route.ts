import * as v from 'valibot';
import type { Scope } from '../api-key/api-key.ts';
import { LIMITS, pageLimit } from '../contract/limits.ts';
import type { ErrorName } from './refusal.ts';

/** The schema of a body: an object, and rules for it. */
export type BodySchema = v.GenericSchema & {
  readonly pipe: readonly [{ readonly entries: object }, ...unknown[]];
};

/**
 * One route, declared once. `lambdas/<function>/route.ts` declares a function's routes as plain data, and
 * `lambdas/routes.ts` lists the functions. From these follow the routes of API Gateway, the checks and the typed
 * input of the handler, the OpenAPI document, the answers 404 and 405, and the tests of scopes and of malformed input.
 *
 * ```ts
 * export const routes = {
 *   add: {
 *     method: 'POST',
 *     path: '/api/v1/suppressions',
 *     scope: 'full',
 *     users: true,
 *     liveOnly: true,
 *     operation: 'addSuppression',
 *     summary: 'Adds an address to the suppression list',
 *     body: newSuppressionSchema,
 *     answers: { 200: suppressionSchema, 201: suppressionSchema },
 *     refusals: ['Conflict'],
 *   },
 * } as const satisfies Routes;
 * ```
 *
 * What a route does not allow is refused.
 */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** API Gateway's path, with parameters in braces. */
  readonly path: string;
  /** Its name in generated clients: a verb and a noun, `addSuppression`; no other route has it. */
  readonly operation: string;
  /** What it does, for people: one line, without a full stop. */
  readonly summary: string;
  /** The least scope that a key needs; a route without one answers everyone. */
  readonly scope?: Scope;
  /** True where signed-in users may come with their access token. */
  readonly users?: boolean;
  /** True where a key that is bound to one domain may come; the handler then keeps it to that domain. */
  readonly domainKeys?: boolean;
  /** True where a test key may not come, because the route changes what applies to live email. */
  readonly liveOnly?: boolean;
  /** True where only the operator may come. */
  readonly operatorOnly?: boolean;
  /** Schemas of path parameters; a value that does not fit gets the answer {@link notFound}. */
  readonly params?: Readonly<Record<string, v.GenericSchema<string, string>>>;
  /** The message of the one 404 for an id that is unknown, malformed, or not for this caller to see. */
  readonly notFound?: string;
  /** Schemas of query parameters; a route without any ignores the query. */
  readonly query?: Readonly<v.ObjectEntries>;
  /** True for a list that is read in pages: it takes the query parameters `limit` and `cursor`. */
  readonly paged?: boolean;
  /** True where the header `Idempotency-Key` counts. */
  readonly idempotent?: boolean;
  /** Schema of the body; a route without one ignores the body. */
  readonly body?: BodySchema;
  /** True where an empty body means `{}`. */
  readonly bodyOptional?: boolean;
  /** Fields whose texts may have so many UTF-8 bytes together; 413 beyond that, before anything else is said of the body. */
  readonly bodyLimit?: { readonly fields: readonly string[]; readonly bytes: number };
  /** Each success: its status, and the schema of its body or null where it has none. */
  readonly answers: Readonly<Record<number, v.GenericSchema | null>>;
  /**
   * Errors that the handler gives itself. Those that follow from the rest are not named here:
   * `core/openapi/refusals.ts` adds them (401, 429 for the rate, 500; 404 of a path with parameters, …).
   */
  readonly refusals?: readonly ErrorName[];
};

/** The routes of one function, by the name that its handler has for each. */
export type Routes = Readonly<Record<string, Route>>;

/** API Gateway's name of a route. */
export function routeKeyOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

/** The header `Idempotency-Key`. */
export const IDEMPOTENCY_KEY = v.pipe(
  v.string(),
  v.regex(/^[ -~]+$/),
  v.maxLength(LIMITS.idempotencyKeyLength),
);

const PAGE = { limit: v.optional(pageLimit), cursor: v.optional(v.string()) };

type QuerySchema = BodySchema &
  v.GenericSchema<unknown, v.InferOutput<v.ObjectSchema<typeof PAGE, undefined>>>;

/** The schema of a route's query; undefined where the route has none. */
export function querySchemaOf({ query, paged }: Route): QuerySchema | undefined {
  if (!query && !paged) return undefined;
  const entries: v.ObjectEntries = { ...(paged ? PAGE : {}), ...query };
  return v.pipe(v.strictObject(entries)) as unknown as QuerySchema;
}
