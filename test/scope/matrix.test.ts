import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routeKeyOf } from '../../lambdas/core/http/route.ts';
import { ALL_ROUTES } from '../../lambdas/routes.ts';
import { CREDENTIALS, show } from './credentials.ts';
import { expectedOf } from './expected.ts';
import { furnish, goodRequest } from './holdings.ts';
import { type House, startHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.stop());

const ROUTES = ALL_ROUTES.map((route) => [routeKeyOf(route), route] as const);
const STATES = ['active', 'suspended'] as const;

describe.each(STATES)('of an account that is %s', (state) => {
  it.each(ROUTES)('%s answers each credential as it declares', async (routeKey, route) => {
    const answered: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const kind of CREDENTIALS) {
      const { account, credential } = await show(house, kind, state);
      const environment = kind.startsWith('test') ? 'test' : 'live';
      const ids = await furnish(house, account, environment);
      const answer = await house.ask(routeKey, credential, goodRequest(route, ids, environment));
      expected[kind] = expectedOf(route, kind, state);
      answered[kind] = { status: answer.status, error: answer.body?.error };
    }
    expect(answered).toEqual(expected);
  });
});

describe('every 401', () => {
  it('is one and the same answer, whatever is wrong and wherever it is asked', async () => {
    const answers = new Set<string>();
    for (const [routeKey] of ROUTES.filter(([, { scope }]) => scope)) {
      for (const kind of ['none', 'garbage', 'revoked', 'expired'] as const) {
        const { credential } = await show(house, kind);
        const { status, headers, text } = await house.ask(routeKey, credential);
        answers.add(JSON.stringify([status, headers, text]));
      }
    }
    const { credential: user } = await show(house, 'user');
    const { status, headers, text } = await house.ask('POST /api/v1/emails', user, { body: {} });
    answers.add(JSON.stringify([status, headers, text]));
    expect(answers.size).toBe(1);
    expect([...answers][0]).toContain('"www-authenticate":"Bearer"');
    expect([...answers][0]).not.toMatch(/x-ratelimit/i);
  });
});
