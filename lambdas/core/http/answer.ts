import type { Log } from '../log/logger.ts';
import { requestsPerSecond } from './caller.ts';
import { Refusal } from './refusal.ts';
import { type HttpStep, json, stateOf } from './request.ts';

const INTERNAL = new Refusal(
  'Internal server error',
  "The service failed. Send the request again, with an 'Idempotency-Key' header so that nothing is sent twice.",
);

/** Middleware: every error becomes `error` and `message`; what the caller may not see stays in the log. */
export function errorAnswers(log: Log) {
  return {
    onError(step: HttpStep): void {
      const { error } = step;
      const refusal = error instanceof Refusal ? error : INTERNAL;
      if (refusal === INTERNAL) log.error('request failed', stateOf(step).log, error);
      stateOf(step).refusal = refusal;
      const body = { error: refusal.error, message: refusal.message };
      step.response = json(refusal.status, body, refusal.headers);
    },
  };
}

function addRateHeaders(step: HttpStep): void {
  const { caller, remaining } = stateOf(step);
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
  const write = (step: HttpStep): void => {
    const { startedAt = now(), log: fields } = stateOf(step);
    const { routeKey } = step.event;
    const status = step.response?.statusCode;
    log.info('request', { route: routeKey, status, durationMs: now() - startedAt, ...fields });
  };
  return {
    before(step: HttpStep): void {
      stateOf(step).startedAt = now();
    },
    after: write,
    onError: write,
  };
}
