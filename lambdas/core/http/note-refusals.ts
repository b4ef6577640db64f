import type { Log } from '../log/logger.ts';
import { type RequestStore, refusedRequest } from '../request-log/refused-request.ts';
import { type HttpEvent, type HttpStep, stateOf } from './request.ts';

/** What noting a refused request needs. */
export type NotingDeps = {
  readonly refusals: Pick<RequestStore, 'note'>;
  readonly log: Log;
  readonly now: () => number;
};

/** Characters of a body that nobody has read yet; reading a longer one would be felt. */
const MOST_READ = 64 * 1024;

/** The body as it was parsed, or parsed here where the request was refused before that. */
function bodyOf({ body, isBase64Encoded }: HttpEvent): unknown {
  if (typeof body !== 'string') return body;
  if (body.length > MOST_READ) return undefined;
  try {
    return JSON.parse(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString());
  } catch {
    return undefined;
  }
}

/** API Gateway's name of the route; of a request that none takes, what was asked for. */
function routeOf({ routeKey, requestContext, rawPath }: HttpEvent): string {
  return routeKey === '$default' ? `${requestContext.http.method} ${rawPath}` : routeKey;
}

/**
 * Middleware: once an error is answered, notes it for the account whose key it came with. A signed-in user
 * sees an error when it happens; what an application is told may be seen by nobody. A note that fails is logged
 * and changes nothing. It is waited for: what outlives an answer may never happen.
 */
export function noteRefusals({ refusals, log, now }: NotingDeps) {
  return {
    async onError(step: HttpStep): Promise<void> {
      const { caller, refusal, log: fields } = stateOf(step);
      if (!caller?.key || !refusal) return;
      const { status, error, message } = refusal;
      try {
        const { key } = caller;
        const answered = { status, error, message };
        const asked = { at: now(), key, route: routeOf(step.event), body: bodyOf(step.event) };
        await refusals.note(caller.account.id, refusedRequest({ ...asked, ...answered }));
      } catch (failure) {
        log.error('refusal not noted', fields, failure);
      }
    },
  };
}
