import { describe, expect, it } from '@jest/globals';
import { matchRoute } from '../../../local/http/routes.ts';

const ROUTES = [
  '$default',
  'ANY /files/{path+}',
  'GET /emails/{id}',
  'POST /emails',
  'ANY /emails',
  'GET /emails/latest',
].map((routeKey) => ({ routeKey, target: routeKey }));

describe('a route', () => {
  it.each([
    ['POST', '/emails', 'POST /emails', {}],
    ['PUT', '/emails', 'ANY /emails', {}],
    ['GET', '/emails/1', 'GET /emails/{id}', { id: '1' }],
    ['GET', '/emails/latest', 'GET /emails/latest', {}],
    ['GET', '/emails/', '$default', {}],
    ['DELETE', '/emails/1', '$default', {}],
    ['GET', '/emails/1/2', '$default', {}],
    ['GET', '/files/a/b', 'ANY /files/{path+}', { path: 'a/b' }],
    ['GET', '/files/', '$default', {}],
    ['GET', '/', '$default', {}],
  ])('of %s %s is %s', (method, path, routeKey, pathParameters) => {
    expect(matchRoute(ROUTES, method, path)).toEqual({
      routeKey,
      target: routeKey,
      pathParameters,
    });
  });

  it('is missing when nothing fits and there is no default', () => {
    expect(matchRoute(ROUTES.slice(1), 'GET', '/')).toBeUndefined();
  });
});
