import { describe, expect, it } from '@jest/globals';
import { createHandler } from '../../lambdas/refuse-route/handler.ts';
import { methodsByPath } from '../../lambdas/routes.ts';
import { call, httpEvent, httpWorld } from '../core/http/fake-http.ts';

const paths = methodsByPath();
const routeKey = '$default';

describe('a request that no route takes', () => {
  it.each([
    ['DELETE', '/api/v1/emails', 'POST, GET'],
    ['PUT', '/api/v1/emails/abc', 'GET'],
  ])('%s %s is a 405 with what the path takes', async (method, rawPath, allow) => {
    const { deps } = httpWorld();
    const answer = await call(
      createHandler({ ...deps, paths }),
      httpEvent({ routeKey, method, rawPath, headers: {} }),
    );
    expect(answer).toMatchObject({ status: 405, headers: { allow } });
    expect(answer.body.error).toBe('Method not allowed');
  });

  it.each(['/', '/api/v1/email', '/api/v1/emails/', '/api/v1/emails/a/b'])(
    '%s is a 404 in the error shape',
    async (rawPath) => {
      const { deps } = httpWorld();
      const answer = await call(
        createHandler({ ...deps, paths }),
        httpEvent({ routeKey, rawPath, headers: {} }),
      );
      expect(answer.status).toBe(404);
      expect(Object.keys(answer.body)).toEqual(['error', 'message']);
      expect(answer.headers).not.toHaveProperty('x-ratelimit-limit');
    },
  );

  it.each([
    ['/api/v1/email', ' Did you mean /api/v1/emails?'],
    ['/api/emails', ' Did you mean /api/v1/emails?'],
    ['/wp-login.php', ''],
    [`/${'x'.repeat(8000)}`, ''],
  ])('%s is told what was meant, if that can be guessed', async (rawPath, meant) => {
    const { deps } = httpWorld();
    const { body } = await call(
      createHandler({ ...deps, paths }),
      httpEvent({ routeKey, rawPath, headers: {} }),
    );
    expect(body.message).toBe(
      `This path does not exist.${meant} GET /api/v1/openapi.json lists all paths.`,
    );
  });

  it('with a valid key is counted and carries the rate', async () => {
    const { deps } = httpWorld();
    const answer = await call(
      createHandler({ ...deps, paths }),
      httpEvent({ routeKey, rawPath: '/' }),
    );
    expect(answer.headers).toMatchObject({ 'x-ratelimit-remaining': '8' });
    const limited = createHandler({ ...httpWorld({}, 0).deps, paths });
    expect((await call(limited, httpEvent({ routeKey, rawPath: '/' }))).status).toBe(429);
  });
});
