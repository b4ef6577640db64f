import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { ApiKey } from '../../../lambdas/core/api-key/api-key.ts';
import { apiHandler, type HttpDeps } from '../../../lambdas/core/http/api-handler.ts';
import { Refusal } from '../../../lambdas/core/http/refusal.ts';
import type { HttpEvent } from '../../../lambdas/core/http/request.ts';
import { json } from '../../../lambdas/core/http/request.ts';
import type { Route } from '../../../lambdas/core/http/route.ts';
import { createHandler as refuseRoute } from '../../../lambdas/refuse-route/handler.ts';
import { ACCOUNT } from '../email/fakes.ts';
import { call, httpEvent, httpWorld, ROUTE, UNKNOWN_KEY } from './fake-http.ts';

const body = v.pipe(v.strictObject({ to: v.optional(v.string()), html: v.optional(v.string()) }));

type Given = { key?: Partial<ApiKey>; room?: number; deps?: Partial<HttpDeps>; error?: Error };

function setup({ key = {}, room = 9, deps: changes = {}, error }: Given = {}) {
  const { world, deps } = httpWorld(key, room);
  const bodyLimit = { fields: ['html'], bytes: 5_242_880 };
  const only: Route = { ...ROUTE, body, bodyLimit };
  const handler = apiHandler(
    { ...deps, ...changes },
    { only },
    {
      async only() {
        if (error) throw error;
        return json(200, {});
      },
    },
  );
  const post = (event: Partial<HttpEvent> = {}) =>
    call(handler, httpEvent({ body: '{"to":"ada@example.org"}', ...event }));
  return { world, post };
}

describe('a refused request', () => {
  it.each<[string, Given, Partial<HttpEvent>, number, string, string[]]>([
    ['over the rate', { room: 0 }, {}, 429, 'Rate limit exceeded', ['example.org']],
    ['without the scope', { key: { scope: 'x' as never } }, {}, 403, 'Forbidden', ['example.org']],
    ['bound to a domain', { key: { domain: 'a.example' } }, {}, 403, 'Forbidden', ['example.org']],
    ['without JSON', {}, { body: '{' }, 400, 'Validation failed', []],
    [
      'with a wrong field',
      {},
      { body: '{"wrong":1,"to":"a@b.example"}' },
      400,
      'Validation failed',
      ['b.example'],
    ],
    [
      'too large',
      {},
      { body: JSON.stringify({ html: 'x'.repeat(5_300_000) }) },
      413,
      'Too large',
      [],
    ],
    [
      'by the handler',
      { error: new Refusal('Conflict', 'No.') },
      {},
      409,
      'Conflict',
      ['example.org'],
    ],
    [
      'by our fault',
      { error: new Error('secret') },
      {},
      500,
      'Internal server error',
      ['example.org'],
    ],
  ])('%s is noted as it was answered', async (_why, given, event, status, error, domains) => {
    const { world, post } = setup(given);
    const answer = await post(event);
    expect(answer).toMatchObject({ status, body: { error } });
    const { message } = answer.body;
    expect(world.refused).toEqual([
      {
        account: ACCOUNT,
        time: '2026-11-23T05:50:00.250Z',
        key: { name: 'server', last4: 'abcd', environment: 'live' },
        route: 'POST /api/v1/emails',
        status,
        error,
        message,
        recipientDomains: domains,
      },
    ]);
    expect(JSON.stringify(world.refused)).not.toContain('secret');
  });

  it('that nobody parsed is looked into as base64, and not where it is long', async () => {
    const over = setup({ room: 0 });
    const text = '{"to":"ada@example.org"}';
    await over.post({ body: Buffer.from(text).toString('base64'), isBase64Encoded: true });
    await over.post({ body: JSON.stringify({ to: 'ada@example.org', html: 'x'.repeat(70_000) }) });
    const noted = over.world.refused.map(({ recipientDomains }) => recipientDomains);
    expect(noted).toEqual([['example.org'], []]);
  });

  it.each([undefined, 'Bearer x', `Bearer ${UNKNOWN_KEY}`])(
    'of nobody we know (%s) is not noted',
    async (authorization) => {
      const { world, post } = setup();
      expect((await post({ headers: { authorization } })).status).toBe(401);
      expect(world.refused).toEqual([]);
    },
  );

  it('is noted, and one that succeeds is not', async () => {
    const { world, post } = setup();
    expect((await post()).status).toBe(200);
    expect(world.refused).toEqual([]);
  });

  it('by no route is noted with its method and masked path, where the caller is known', async () => {
    const { world, deps } = httpWorld();
    const event = {
      method: 'PUT',
      routeKey: '$default',
      rawPath: '/api/v1/suppressions/ada@example.org',
    };
    await call(
      refuseRoute({ ...deps, paths: { '/api/v1/suppressions/{address}': ['GET', 'DELETE'] } }),
      httpEvent(event),
    );
    await call(
      refuseRoute({ ...deps, paths: { '/api/v1/suppressions/{address}': ['GET', 'DELETE'] } }),
      httpEvent({ ...event, headers: {} }),
    );
    expect(world.refused).toMatchObject([
      { status: 405, route: 'PUT /api/v1/suppressions/a…@example.org' },
    ]);
  });
});

describe('a note that fails', () => {
  it('is logged and leaves the answer as it is', async () => {
    const plain = await setup({ room: 0 }).post();
    const note = async () => {
      throw new Error('The table is gone.');
    };
    const failing = setup({ room: 0, deps: { refusals: { note } } });
    expect(await failing.post()).toEqual(plain);
    const logged = failing.world.lines.filter(({ error }) => error);
    expect(logged).toMatchObject([{ message: 'refusal not noted', fields: { account: ACCOUNT } }]);
  });
});
