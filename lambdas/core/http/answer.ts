import type { Log } from '../log/logger.ts';
import { requestsPerSecond } from './caller.ts';
import { Refusal } from './refusal.ts';
import { gatheredBy, json, type Step } from './request.ts';

const INTERNAL = new Refusal(
  'Internal server error',
  "The service failed. Send the request again, with an 'Idempotency-Key' header so that nothing is sent twice.",
);

/** Middleware: every error becomes `error` and `message`; what the caller may not see stays in the log. */
export function errorAnswers(log: Log) {
  return {
    onError(step: Step): void {
      const { error } = step;
      const refusal = error instanceof Refusal ? error : INTERNAL;
      if (refusal === INTERNAL) log.error('request failed', gatheredBy(step).log, error);
      gatheredBy(step).refusal = refusal;
      const body = { error: refusal.error, message: refusal.message };
      step.response = json(refusal.status, body, refusal.headers);
    },
  };
}

function addRateHeaders(step: Step): void {
  const { caller, remaining } = gatheredBy(step);
  if (!caller || !step.response) return;
  step.response.headers = {
    ...step.response.headers,
    'x-ratelimit-limit': String(requestsPerSecond(caller)),
    'x-ratelimit-remaining': String(remaining ?? 0),
  };
}

/** Middleware: the rate headers on every answer to an authenticated request. */
export function rateHeaders() {
  return { after: addRateHeaders, onError: addRateHeaders };
}

/** Middleware: one line per request, with what the request gathered; never its path, query or body. */
export function requestLog(log: Log, now: () => number) {
  const started = new WeakMap<object, number>();
  const write = (step: Step): void => {
    const duration = now() - (started.get(step.event) ?? now());
    const { routeKey } = step.event;
    const fields = { route: routeKey, status: step.response?.statusCode, durationMs: duration };
    log.info('request', { ...fields, ...gatheredBy(step).log });
  };
  return {
    before(step: Step): void {
      started.set(step.event, now());
    },
    after: write,
    onError: write,
  };
}
