import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { LIMITS } from '../../../lambdas/core/contract/limits.ts';
import { apiHandler } from '../../../lambdas/core/http/api-handler.ts';
import { type HttpEvent, json } from '../../../lambdas/core/http/request.ts';
import type { Route } from '../../../lambdas/core/http/route.ts';
import { call, httpEvent, httpWorld, ROUTE } from './fake-http.ts';

const BODY = v.pipe(v.looseObject({}));

/** What a function is given of a body, and the answer. */
async function given(event: Partial<HttpEvent>, route: Partial<Route> = {}) {
  const seen: unknown[] = [];
  const only: Route = { ...ROUTE, body: BODY, ...route };
  const handler = apiHandler(
    httpWorld().deps,
    { only },
    {
      async only({ body }) {
        seen.push(body);
        return json(200, {});
      },
    },
  );
  const { status, body } = await call(handler, httpEvent(event));
  return { seen, status, body };
}

const base64 = (bytes: Uint8Array | string) => ({
  body: Buffer.from(bytes).toString('base64'),
  isBase64Encoded: true,
});

describe('the body of a request', () => {
  it.each<[string, Partial<HttpEvent>]>([
    ['as text', { body: '{"to":"Zoë"}' }],
    ['in base64', base64('{"to":"Zoë"}')],
    ['behind a byte order mark', { body: '\ufeff{"to":"Zoë"}' }],
    ['behind a byte order mark in base64', base64('\ufeff{"to":"Zoë"}')],
  ])('is read %s', async (_, event) => {
    expect(await given(event)).toEqual({ seen: [{ to: 'Zoë' }], status: 200, body: {} });
  });

  it.each<[string, Partial<HttpEvent>]>([
    ['is missing', {}],
    ['is empty', { body: '' }],
    ['is no JSON', { body: '{' }],
    ['begins with two byte order marks', { body: '\ufeff\ufeff{}' }],
    ['is not encoded as UTF-8', base64(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d))],
  ])('is refused where it %s', async (_, event) => {
    const { seen, status, body } = await given(event);
    const message = 'The body is not valid JSON. Send a JSON object in UTF-8.';
    expect({ seen, status, body }).toEqual({
      seen: [],
      status: 400,
      body: { error: 'Validation failed', message },
    });
  });

  it('may be missing where the route says so, and is then an empty object', async () => {
    for (const body of ['', ' \n']) {
      expect((await given({ body }, { bodyOptional: true })).seen).toEqual([{}]);
    }
    expect((await given({ body: '{' }, { bodyOptional: true })).status).toBe(400);
  });
});

describe('HTML and text of an email', () => {
  const bodyLimit = { fields: ['html', 'text'], bytes: LIMITS.contentBytes };
  const halves = (more: number) => {
    const half = LIMITS.contentBytes / 2;
    return { html: 'é'.repeat(half / 2), text: 'x'.repeat(half + more) };
  };

  it('may take all of their limit together', async () => {
    expect((await given({ body: JSON.stringify(halves(0)) }, { bodyLimit })).status).toBe(200);
  });

  it('may not take a byte more, and the answer says how many they take', async () => {
    const { status, body, seen } = await given({ body: JSON.stringify(halves(1)) }, { bodyLimit });
    expect({ status, seen }).toEqual({ status: 413, seen: [] });
    expect(body).toEqual({
      error: 'Too large',
      message: expect.stringMatching(
        /^The 'html' and 'text' fields hold 5242881 bytes together; the limit is 5242880 \(5 MB\)\. Make /,
      ),
    });
  });
});
