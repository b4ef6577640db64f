import { describe, expect, it } from '@jest/globals';
import type { AccountStore } from '../../../lambdas/core/account/account.ts';
import { apiHandler, type HttpDeps } from '../../../lambdas/core/http/api-handler.ts';
import type { ApiRequest } from '../../../lambdas/core/http/input.ts';
import { json } from '../../../lambdas/core/http/request.ts';
import { ACCOUNT, anAccount, NOW, only } from '../email/fakes.ts';
import { call, httpEvent, httpWorld, ROUTE } from './fake-http.ts';

const KEY = { id: expect.any(String), account: ACCOUNT };

/** A request to a function, its answer, and what the log got; each look at the clock takes 40 ms. */
async function answered(
  changes: (deps: HttpDeps) => Partial<HttpDeps> = () => ({}),
  handle: (request: ApiRequest) => Promise<unknown> = async () => undefined,
  key: Parameters<typeof httpWorld>[0] = {},
) {
  const { deps, world } = httpWorld(key);
  let clock = NOW;
  const now = () => {
    clock += 40;
    return clock;
  };
  const handler = apiHandler(
    { ...deps, now, ...changes(deps) },
    { ROUTE },
    {
      async ROUTE(request) {
        await handle(request);
        return json(200, {});
      },
    },
  );
  return { answer: await call(handler, httpEvent()), lines: world.lines };
}

const accounts = (found: ReturnType<typeof anAccount> | undefined) => ({
  accounts: only<AccountStore>('accounts', { find: async () => found }),
});

describe('a request in the log', () => {
  it('has one line: route, status, how long it took, and what the function noted', async () => {
    const { lines } = await answered(undefined, async ({ note }) => note({ email: 'e1' }));
    const route = 'POST /api/v1/emails';
    const durationMs = expect.any(Number);
    const fields = { route, status: 200, durationMs, account: ACCOUNT, email: 'e1' };
    expect(lines).toEqual([{ message: 'request', fields }]);
    expect(lines[0]?.fields.durationMs).toBeGreaterThan(0);
    expect(lines[0]?.fields.durationMs).toBeLessThan(1000);
  });

  it('that failed has the reason, which the answer has not', async () => {
    const { answer, lines } = await answered(undefined, async () => {
      throw new Error('The table is gone.');
    });
    expect(answer).toMatchObject({ status: 500, body: { error: 'Internal server error' } });
    expect(answer.text).not.toContain('table');
    const error = new Error('The table is gone.');
    expect(lines).toEqual([
      { message: 'request failed', fields: expect.objectContaining({ account: ACCOUNT }), error },
      { message: 'request', fields: expect.objectContaining({ status: 500 }) },
    ]);
  });

  it.each([
    ['an account that is gone', accounts(undefined), / has no account\./],
    [
      'a plan that is gone',
      accounts(anAccount({ plan: 'Gone' })),
      /has the plan Gone, which is not known\./,
    ],
  ])('with %s names it', async (_, changes, reason) => {
    const { answer, lines } = await answered(() => changes);
    expect(answer.status).toBe(500);
    expect(lines[0]?.error).toHaveProperty('message', expect.stringMatching(reason));
  });
});

describe('the use of a key', () => {
  const failing = (error: Error) => (deps: HttpDeps) => ({
    apiKeys: {
      ...deps.apiKeys,
      noteUse: async () => {
        throw error;
      },
    },
  });

  it('that cannot be noted is in the log, and the request is answered', async () => {
    const { answer, lines } = await answered(failing(new Error('Throttled.')), async () => {
      await new Promise((done) => setImmediate(done));
    });
    expect(answer.status).toBe(200);
    expect(lines).toEqual([
      {
        message: 'use of a key not noted',
        fields: { account: ACCOUNT },
        error: new Error('Throttled.'),
      },
      expect.objectContaining({ message: 'request' }),
    ]);
  });

  it('is noted with its time, and broken off silently with the request', async () => {
    const noted: unknown[] = [];
    const { answer, lines } = await answered((deps) => ({
      apiKeys: {
        ...deps.apiKeys,
        noteUse: (id, at, signal) => {
          noted.push({ id, account: ACCOUNT, at });
          return new Promise((_, reject) => {
            signal?.addEventListener('abort', () => reject(new Error('Broken off.')));
          });
        },
      },
    }));
    expect(answer.status).toBe(200);
    expect(noted).toEqual([{ ...KEY, at: expect.stringMatching(/^2026-11-23T05:50:00\.\d+Z$/) }]);
    expect(lines).toEqual([expect.objectContaining({ message: 'request' })]);
  });

  it('is not noted again within the step', async () => {
    const lastUsedAt = new Date(NOW).toISOString();
    const { lines } = await answered(failing(new Error('Noted.')), undefined, { lastUsedAt });
    expect(lines).toEqual([expect.objectContaining({ message: 'request' })]);
  });
});

it('a request over the rate is told whose rate it is', async () => {
  const { deps } = httpWorld({}, 0);
  const handler = apiHandler(deps, { ROUTE }, { ROUTE: async () => json(200, {}) });
  const { body, headers } = await call(handler, httpEvent());
  expect(body.message).toMatch(/^The account's plan allows \d+ requests a second\. Wait/);
  expect(headers).toMatchObject({ 'retry-after': '1', 'x-ratelimit-remaining': '0' });
});
