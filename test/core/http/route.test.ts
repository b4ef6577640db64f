import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { ApiKey } from '../../../lambdas/core/api-key/api-key.ts';
import { apiHandler } from '../../../lambdas/core/http/api-handler.ts';
import type { HttpEvent } from '../../../lambdas/core/http/request.ts';
import { json } from '../../../lambdas/core/http/request.ts';
import { type Route, routeKeyOf } from '../../../lambdas/core/http/route.ts';
import { ALL_ROUTES } from '../../../lambdas/routes.ts';
import { call, httpEvent, httpWorld } from './fake-http.ts';

const body = v.pipe(v.strictObject({ word: v.optional(v.string()) }));
const PATH = '/api/v1/things';
const BARE: Route = {
  method: 'POST',
  path: PATH,
  scope: 'full',
  operation: 'doThings',
  summary: 'Does things',
  answers: { 200: null },
};

async function request(
  route: Partial<Route>,
  key: Partial<ApiKey> = {},
  event: Partial<HttpEvent> = {},
) {
  const { deps } = httpWorld(key);
  const declared: Route = { ...BARE, ...route };
  const handler = apiHandler(
    deps,
    { declared },
    {
      declared: async (each) => json(200, declared.body ? each.body : [typeof each.body]),
    },
  );
  return call(handler, httpEvent({ routeKey: `POST ${PATH}`, ...event }));
}

describe('the routes', () => {
  it('that answer everyone are the OpenAPI document alone; each other has a scope', () => {
    const others = ALL_ROUTES.filter(({ scope }) => scope === undefined);
    expect(others.map(routeKeyOf)).toEqual(['GET /api/v1/openapi.json']);
  });

  it('that signed-in users may use are all but the one that sends, and the one that answers everyone', () => {
    const closed = ALL_ROUTES.filter(({ users }) => !users).map(routeKeyOf);
    expect(closed.sort()).toEqual(['GET /api/v1/openapi.json', 'POST /api/v1/emails']);
  });

  it('that a test key may not use are those that change what applies to live email', () => {
    const live = ALL_ROUTES.filter(({ liveOnly }) => liveOnly).map(routeKeyOf);
    expect(live.sort()).toEqual([
      'DELETE /api/v1/domains/{name}',
      'DELETE /api/v1/suppressions/{address}',
      'POST /api/v1/domains',
      'POST /api/v1/domains/{name}/verify',
      'POST /api/v1/suppressions',
    ]);
  });

  it('that the operator alone may use are those about the whole service', () => {
    const operators = ALL_ROUTES.filter(({ operatorOnly }) => operatorOnly).map(routeKeyOf);
    expect(operators.sort()).toEqual([
      'GET /api/v1/sending/recipients/{address}',
      'POST /api/v1/sending/production-access',
      'POST /api/v1/sending/recipients',
    ]);
  });

  it('that a key of scope send may use are the one that sends and the one that shows a status', () => {
    const sending = ALL_ROUTES.filter(({ scope }) => scope === 'send').map(routeKeyOf);
    expect(sending.sort()).toEqual(['GET /api/v1/emails/{id}', 'POST /api/v1/emails']);
  });

  it('that a key bound to a domain may use are those that keep it to its domain', () => {
    const open = ALL_ROUTES.filter(({ domainKeys }) => domainKeys).map(routeKeyOf);
    expect(open.sort()).toEqual([
      'GET /api/v1/domains/{name}',
      'GET /api/v1/emails',
      'GET /api/v1/emails/{id}',
      'GET /api/v1/emails/{id}/content',
      'POST /api/v1/emails',
    ]);
  });
});

describe('a key', () => {
  // Written by hand: scope of the key, domain of the key, what the route declares, the answer.
  it.each<[ApiKey['scope'], string | undefined, Partial<Route>, number]>([
    ['full', undefined, { scope: 'full' }, 200],
    ['full', undefined, { scope: 'send' }, 200],
    ['send', undefined, { scope: 'send' }, 200],
    ['send', undefined, { scope: 'full' }, 403],
    ['full', 'example.com', { scope: 'full', domainKeys: true }, 200],
    ['send', 'example.com', { scope: 'send', domainKeys: true }, 200],
    ['send', 'example.com', { scope: 'full', domainKeys: true }, 403],
    ['full', 'example.com', { scope: 'full' }, 403],
    ['send', 'example.com', { scope: 'send' }, 403],
    ['full', 'example.com', { scope: 'send', domainKeys: false }, 403],
    ['read' as never, undefined, { scope: 'full' }, 403],
    ['read' as never, undefined, { scope: 'send' }, 403],
    [undefined as never, undefined, { scope: 'send' }, 403],
  ])('of scope %s bound to %s at a route of %j gets %i', async (scope, domain, route, status) => {
    const answer = await request(route, { scope, ...(domain ? { domain } : {}) });
    expect(answer.status).toBe(status);
    if (status !== 403) return;
    expect(answer.body.error).toBe('Forbidden');
    expect(answer.body.message).toMatch(/Use a key with the scope 'full'/);
    expect(answer.headers).toHaveProperty('x-ratelimit-remaining', '8');
  });

  it('gets a 500 at a route that the function does not declare, and nothing is done', async () => {
    const answer = await request({}, {}, { routeKey: 'DELETE /api/v1/things' });
    expect(answer).toMatchObject({ status: 500, body: { error: 'Internal server error' } });
  });

  it('without the scope gets its 403 before the body is looked at', async () => {
    expect((await request({ body }, { scope: 'send' }, { body: '{' })).status).toBe(403);
  });
});

describe('a body', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  it.each<[string, Partial<HttpEvent>]>([
    ['is absent', {}],
    ['is empty', { body: '' }],
    ['is white space', { body: ' \r\n' }],
    ['is a byte order mark', { body: '\ufeff' }],
    ['is empty in base64', { body: base64('\n'), isBase64Encoded: true }],
  ])('that %s counts as {} where it is optional, and is a 400 elsewhere', async (_is, event) => {
    const optional = await request({ body, bodyOptional: true }, {}, event);
    expect(optional).toMatchObject({ status: 200, text: '{}' });
    expect(await request({ body }, {}, event)).toMatchObject({
      status: 400,
      body: { message: 'The body is not valid JSON. Send a JSON object in UTF-8.' },
    });
  });

  it.each(['[]', 'null', '1', '"x"', '{', '{"word":1}', '{"wrd":"x"}'])(
    '%s is a 400 also where it is optional',
    async (text) => {
      const answer = await request({ body, bodyOptional: true }, {}, { body: text });
      expect(answer).toMatchObject({ status: 400, body: { error: 'Validation failed' } });
    },
  );

  it('is not looked at where the route takes none', async () => {
    expect((await request({}, {}, { body: '{' })).text).toBe('["undefined"]');
  });

  it('with a field where there are none is told so', async () => {
    const { deps } = httpWorld();
    const none = v.pipe(v.strictObject({}));
    const route = { ...BARE, body: none };
    const handler = apiHandler(deps, { route }, { route: async () => json(200, {}) });
    const event = httpEvent({ routeKey: `POST ${PATH}`, body: '{"x":1}' });
    const { message } = (await call(handler, event)).body;
    expect(message).toBe("The 'x' field is not known: there are no fields.");
  });
});
