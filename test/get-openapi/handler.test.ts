import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { openApiDocument } from '../../lambdas/core/openapi/document.ts';
import { createHandler } from '../../lambdas/get-openapi/handler.ts';
import { ALL_ROUTES } from '../../lambdas/routes.ts';
import { call, httpEvent, httpWorld, UNKNOWN_KEY } from '../core/http/fake-http.ts';

const document = openApiDocument(ALL_ROUTES);
const routeKey = 'GET /api/v1/openapi.json';
const ask = (headers: Record<string, string> | undefined, room = 9) => {
  const { deps } = httpWorld({}, room);
  const event = httpEvent({ method: 'GET', routeKey, ...(headers ? { headers } : {}) });
  return call(createHandler({ ...deps, document }), event);
};

describe('the document of the API', () => {
  it('is for everyone, and may be kept for a while', async () => {
    const { status, headers, body } = await ask({});
    expect(status).toBe(200);
    expect(body.openapi).toBe('3.1.0');
    expect(headers).toEqual({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=300',
      vary: 'authorization',
    });
  });

  it('is also for those with a key that is none', async () => {
    expect((await ask({ authorization: `Bearer ${UNKNOWN_KEY}` })).status).toBe(200);
  });

  it('counts a caller who shows a key', async () => {
    expect((await ask(undefined)).headers).toMatchObject({ 'x-ratelimit-remaining': '8' });
    const limited = await ask(undefined, 0);
    expect(limited.status).toBe(429);
    expect(limited.headers).not.toHaveProperty('cache-control');
  });

  it('is what bin/openapi.ts prints', async () => {
    const printed = execFileSync(process.execPath, ['bin/openapi.ts'], { encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual((await ask({})).body);
  });
});
