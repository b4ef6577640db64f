import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Log } from '../log/logger.ts';
import { errorAnswers, rateHeaders, requestLog } from './answer.ts';
import { type AuthenticationDeps, authenticate, recognise } from './authenticate.ts';
import { jsonBody } from './body.ts';
import { type ApiRequest, inputReader } from './input.ts';
import { type NotingDeps, noteRefusals } from './note-refusals.ts';
import { permit } from './permit.ts';
import { type HttpEvent, type HttpStep, type Reply, stateOf } from './request.ts';
import type { Route, Routes } from './route.ts';

/** What every HTTP function needs. */
export type HttpDeps = AuthenticationDeps & NotingDeps & { readonly log: Log };

export type ApiHandler = (event: HttpEvent, context: Context) => Promise<Reply>;

/** What answers each of a function's routes, under the names that `route.ts` gives them. */
export type Handlers<R extends Routes> = {
  readonly [Name in keyof R]: (request: ApiRequest<R[Name]>) => Promise<Reply>;
};

type Answer = () => Promise<Reply>;

/**
 * What every function does around its own steps: log, rate headers, notes of refusals, errors. middy's
 * early timeout would answer while work goes on; deadlines end the work instead.
 */
const base = (deps: HttpDeps) =>
  middy<HttpEvent, Reply, Error, Context & { answer?: Answer }>({ timeoutEarlyInMillis: 0 })
    .use(requestLog(deps.log, deps.now))
    .use(rateHeaders())
    .use(noteRefusals(deps))
    .use(errorAnswers(deps.log));

/** Middleware: reads the request as its route declares it, for the route's own handler. */
function readInput(routes: Routes, handlers: Handlers<Routes>) {
  const readers = new Map<Route | undefined, (step: HttpStep) => Answer>(
    Object.entries(routes).map(([name, route]) => {
      const read = inputReader(route);
      const handle = handlers[name];
      if (!handle) throw new Error(`Nothing answers ${route.method} ${route.path}.`);
      return [
        route,
        (step) => {
          const request = read(step);
          return () => handle(request);
        },
      ];
    }),
  );
  return {
    before(step: HttpStep): void {
      Object.assign(step.context, { answer: readers.get(stateOf(step).route)?.(step) });
    },
  };
}

/**
 * A function behind authenticated routes. Order: log, rate headers, errors, key or token (401), rate (429),
 * scope and other guards (403); where the route takes a body its size and JSON (413, 400), and the input by its
 * schemas (400, then 404).
 */
export function apiHandler<R extends Routes>(
  deps: HttpDeps,
  routes: R,
  handlers: Handlers<R>,
): ApiHandler {
  const all = Object.values<Route>(routes);
  const handler = base(deps)
    .use(authenticate(deps, all))
    .use(permit(all))
    .use(jsonBody())
    .use(readInput(routes, handlers as unknown as Handlers<Routes>))
    .handler(async (event, { answer }) => {
      if (!answer) throw new Error(`Nothing answers ${event.routeKey}.`);
      return await answer();
    });
  return handler as ApiHandler;
}

/** A function that answers everyone; a caller with a valid key or token is counted and gets the rate headers. */
export function openHandler(
  deps: HttpDeps,
  handle: (event: HttpEvent) => Promise<Reply>,
): ApiHandler {
  const handler = base(deps).use(recognise(deps)).handler(handle);
  return handler as ApiHandler;
}
