import * as v from 'valibot';
import { LIMITS } from '../contract/limits.ts';
import type { Caller, KeyCaller } from './caller.ts';
import { describeProblems } from './problems.ts';
import { Refusal } from './refusal.ts';
import { type HttpStep, stateOf } from './request.ts';
import { type BodySchema, IDEMPOTENCY_KEY, querySchemaOf, type Route } from './route.ts';

type ParameterOf<Path> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never;

/** Where a caller wants a list to begin, and how many entries of it. */
export type PageInput = { readonly limit: number; readonly cursor: string | undefined };

/** One request that its route allows, as the route declares it: everything in it fits its schema. */
export type ApiRequest<R extends Route = Route> = {
  readonly caller: R extends { readonly users: true } ? Caller : KeyCaller;
  /** The path's parameters, decoded. */
  readonly params: Readonly<Record<ParameterOf<R['path']>, string>>;
  readonly query: R extends { readonly query: infer Query extends v.ObjectEntries }
    ? v.InferOutput<v.ObjectSchema<Query, undefined>>
    : unknown;
  readonly body: R extends { readonly body: infer Body extends v.GenericSchema }
    ? v.InferOutput<Body>
    : unknown;
  readonly page: R extends { readonly paged: true } ? PageInput : unknown;
  readonly idempotencyKey: R extends { readonly idempotent: true } ? string | undefined : unknown;
  /** Host name that the request was sent to. */
  readonly host: string;
  /** The route's one 404. */
  notFound(): Refusal;
  /** Adds keys to the request's log line. */
  note(fields: Record<string, unknown>): void;
};

/**
 * An object by its schema, or a refusal that names everything that is wrong with it.
 *
 * @throws Refusal `Validation failed`
 */
export function parseInput<Schema extends BodySchema>(
  schema: Schema,
  input: unknown,
): v.InferOutput<Schema> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new Refusal('Validation failed', 'The body must be a JSON object.');
  }
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  const known = Object.keys(schema.pipe[0].entries);
  throw new Refusal('Validation failed', describeProblems(result.issues, input, known));
}

function idempotencyKeyOf(headers: HttpStep['event']['headers']): string | undefined {
  const given = headers['idempotency-key'];
  if (given === undefined || v.is(IDEMPOTENCY_KEY, given)) return given;
  const message = `The 'Idempotency-Key' header must have 1 to ${LIMITS.idempotencyKeyLength} printable ASCII characters.`;
  throw new Refusal('Validation failed', message);
}

function notFoundOf({ path, notFound }: Route): Refusal {
  if (notFound === undefined) throw new Error(`The route ${path} has no message for a 404.`);
  return new Refusal('Not found', notFound);
}

function paramsOf(route: Route, { pathParameters = {} }: HttpStep['event']) {
  for (const [name, schema] of Object.entries(route.params ?? {})) {
    if (!v.is(schema, pathParameters[name])) throw notFoundOf(route);
  }
  return pathParameters as Record<string, string>;
}

/**
 * Reads requests as one route declares them. Order: query and body, `Idempotency-Key`, then the path's parameters:
 * a request that is wrong (400) is told so before its id is looked at (404).
 */
export function inputReader(route: Route): (step: HttpStep) => ApiRequest {
  const querySchema = querySchemaOf(route);
  return (step) => {
    const { event } = step;
    const { caller, log } = stateOf(step);
    if (!caller) throw new Error('A request reached its handler without a caller.');
    const given = event.queryStringParameters ?? {};
    const { limit, cursor, ...query } = querySchema ? parseInput(querySchema, given) : {};
    return {
      caller: caller as KeyCaller,
      query,
      page: route.paged ? { limit: limit ?? LIMITS.pageSize.default, cursor } : undefined,
      body: route.body ? parseInput(route.body, event.body) : undefined,
      idempotencyKey: route.idempotent ? idempotencyKeyOf(event.headers) : undefined,
      params: paramsOf(route, event),
      host: event.requestContext.domainName,
      notFound: () => notFoundOf(route),
      note: (fields) => void Object.assign(log, fields),
    };
  };
}
