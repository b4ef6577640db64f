import type { Context } from 'aws-lambda';
import type { AccountStore } from '../../../lambdas/core/account/account.ts';
import type { UsageStore } from '../../../lambdas/core/account/usage.ts';
import { type ApiKey, makeKeyText } from '../../../lambdas/core/api-key/api-key.ts';
import { DEFAULT_PLANS } from '../../../lambdas/core/contract/plans.ts';
import type { ApiHandler, HttpDeps } from '../../../lambdas/core/http/api-handler.ts';
import type { HttpEvent } from '../../../lambdas/core/http/request.ts';
import type { Route } from '../../../lambdas/core/http/route.ts';
import type { RefusedRequest } from '../../../lambdas/core/request-log/refused-request.ts';
import { keyId } from '../../../lambdas/core/value/id.ts';
import { recordAnswer } from '../../openapi/recorded-answers.ts';
import { aKey, anAccount, memoryLog, NOW, only } from '../email/fakes.ts';

/** A well-formed key that {@link httpWorld} knows, and one that it does not. */
export const KEY = makeKeyText('live', 'k'.repeat(30));
export const UNKNOWN_KEY = makeKeyText('live', 'u'.repeat(30));

/** The host that requests are sent to. */
export const OWN_HOST = 'api.example.net';

/** A route that {@link httpEvent} leads to. */
export const ROUTE: Route = {
  method: 'POST',
  path: '/api/v1/emails',
  scope: 'send',
  operation: 'doThings',
  summary: 'Does things',
  answers: { 200: null },
};

/** What HTTP functions need, for one key; `reads` counts looks at the keys, `refused` are the notes. */
export function httpWorld(changes: Partial<ApiKey> = {}, room = 9) {
  const { log, lines } = memoryLog();
  const refused: (RefusedRequest & { account: string })[] = [];
  const world = { reads: 0, room, lines, refused };
  const deps: HttpDeps = {
    log,
    plans: DEFAULT_PLANS,
    apiKeys: {
      async find(id) {
        world.reads += 1;
        return id === keyId(KEY) ? aKey({ id, ...changes }) : undefined;
      },
      noteUse: async () => true,
    },
    accounts: only<AccountStore>('accounts', { find: async (id) => anAccount({ id }) }),
    usage: only<UsageStore>('usage', {
      countRequest: async () => (world.room > 0 ? { remaining: --world.room } : undefined),
    }),
    refusals: {
      note: async (account, refused) => void world.refused.push({ account, ...refused }),
    },
    now: () => NOW,
  };
  return { world, deps };
}

/** An HTTP API event (payload 2.0); header names come in lower case. */
export function httpEvent(changes: Partial<HttpEvent> & { method?: string } = {}): HttpEvent {
  const { method = 'POST', ...rest } = changes;
  return {
    version: '2.0',
    routeKey: `${method} /api/v1/emails${rest.pathParameters ? '/{id}' : ''}`,
    rawPath: '/api/v1/emails',
    rawQueryString: '',
    headers: { authorization: `Bearer ${KEY}` },
    isBase64Encoded: false,
    requestContext: { domainName: OWN_HOST, http: { method } } as HttpEvent['requestContext'],
    ...rest,
  };
}

/** Calls a function; the answer's body parsed (undefined where there is none), and as it came. */
export async function call(handler: ApiHandler, event: HttpEvent) {
  const { statusCode = 0, headers = {}, body = '' } = await handler(event, {} as Context);
  const answer = { status: statusCode, headers, body: body === '' ? undefined : JSON.parse(body) };
  recordAnswer(event.routeKey, answer);
  return { ...answer, text: body };
}
