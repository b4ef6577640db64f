import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Log } from '../log/logger.ts';
import { errorAnswers, rateHeaders, requestLog } from './answer.ts';
import { type AuthenticationDeps, authenticate, recognise } from './authenticate.ts';
import { contentLimit, jsonBody } from './body.ts';
import type { Caller } from './caller.ts';
import { type NotingDeps, noteRefusals } from './note-refusals.ts';
import { gatheredBy, type HttpEvent, type Reply } from './request.ts';
import { permit, type Route } from './route.ts';

/** What every HTTP function needs. */
export type HttpDeps = AuthenticationDeps & NotingDeps & { readonly log: Log };

/** One authenticated request, ready for its handler. */
export type ApiRequest = {
  readonly caller: Caller;
  /** The parsed JSON where the route takes a body. */
  readonly body: unknown;
  /** Host name that the request was sent to. */
  readonly host: string;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly path: Readonly<Record<string, string | undefined>>;
  /** Adds keys to the request's log line. */
  note(fields: Record<string, unknown>): void;
};

export type ApiHandler = (event: HttpEvent, context: Context) => Promise<Reply>;

/**
 * What every function does around its own steps: log, rate headers, notes of refusals, errors. middy's
 * early timeout would answer while work goes on; deadlines end the work instead.
 */
const base = (deps: HttpDeps) =>
  middy<HttpEvent, Reply>({ timeoutEarlyInMillis: 0 })
    .use(requestLog(deps.log, deps.now))
    .use(rateHeaders())
    .use(noteRefusals(deps))
    .use(errorAnswers(deps.log));

/** A route, and what answers it. */
export type RouteHandler = readonly [Route, (request: ApiRequest) => Promise<Reply>];

function requestOf(event: HttpEvent): ApiRequest {
  const { caller, log } = gatheredBy({ event });
  if (!caller) throw new Error('A request reached its handler without a caller.');
  return {
    caller,
    body: event.body,
    host: event.requestContext.domainName,
    headers: event.headers,
    query: event.queryStringParameters ?? {},
    path: event.pathParameters ?? {},
    note: (fields) => void Object.assign(log, fields),
  };
}

/**
 * A function behind authenticated routes. Order: log, rate headers, errors, key or token (401), rate (429),
 * scope (403), and where the route takes a body its size and JSON (413, 400).
 */
export function apiHandler(deps: HttpDeps, handlers: readonly RouteHandler[]): ApiHandler {
  const handles = new Map(handlers);
  const routes = [...handles.keys()];
  const handler = base(deps)
    .use(authenticate(deps, routes))
    .use(permit(routes))
    .use([jsonBody(), contentLimit()])
    .handler(async (event: HttpEvent) => {
      const handle = handles.get(gatheredBy({ event }).route as Route);
      if (!handle) throw new Error(`Nothing answers ${event.routeKey}.`);
      return await handle(requestOf(event));
    });
  return handler as unknown as ApiHandler;
}

/** A function that answers everyone; a caller with a valid key or token is counted and gets the rate headers. */
export function openHandler(
  deps: HttpDeps,
  handle: (event: HttpEvent) => Promise<Reply>,
): ApiHandler {
  const handler = base(deps).use(recognise(deps)).handler(handle);
  return handler as unknown as ApiHandler;
}
