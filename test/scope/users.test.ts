import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accountIdOf } from '../../lambdas/core/account/user.ts';
import { anEmail, emailStore } from '../contracts/emails.ts';
import { atOnce } from '../contracts/table-fixture.ts';
import { startTokenPool } from '../core/net/token-pool.ts';
import { show } from './credentials.ts';
import { type House, startHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.stop());
beforeEach(() => {
  Object.assign(house.clock, { step: 1000, tick: 0 });
});

const ACCOUNT = 'GET /api/v1/account';
const EMAILS = 'GET /api/v1/emails';
const REQUESTS = 'GET /api/v1/requests';
const UNAUTHORIZED = { status: 401, body: { error: 'Unauthorized' } };

const OPERATORS = { 'cognito:groups': ['operators'] };

/** Somebody who has never called, with a token. */
function newcomer(claims: object = {}) {
  const sub = randomUUID();
  return { sub, account: accountIdOf(sub), token: house.pool.token({ sub, ...claims }) };
}

describe('the account of a user', () => {
  it('is made at the first call, once for fifty at the same moment, which all succeed', async () => {
    const { sub, account, token } = newcomer();
    house.clock.tick = 1000;
    const answers = await atOnce(50, () => house.ask(ACCOUNT, token));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(new Set(answers.map(({ body }) => body.id))).toEqual(new Set([account]));
    expect(new Set(answers.map(({ body }) => body.createdAt)).size).toBe(1);
    const all = await house.stores.accounts.list();
    expect(all.filter(({ id, owner }) => id === account || owner?.sub === sub)).toMatchObject([
      { id: account, plan: 'Free', status: 'active', owner: { sub } },
    ]);
  });

  it('has 24 hex digits and is each user’s own', async () => {
    const [ada, bob] = [newcomer(), newcomer()];
    const ids = [];
    for (const { token } of [ada, bob, ada]) ids.push((await house.ask(ACCOUNT, token)).body.id);
    expect(ids).toEqual([ada.account, bob.account, ada.account]);
    expect(ada.account).toMatch(/^[0-9a-f]{24}$/);
    expect(ada.account).not.toBe(bob.account);
  });

  it('of an operator has no monthly limit, and its keys 100 requests a second', async () => {
    const { token } = newcomer(OPERATORS);
    const { plan } = (await house.ask(ACCOUNT, token)).body;
    const unlimited = { name: 'Operator', emailsPerMonth: null, domains: null };
    expect(plan).toEqual({ ...unlimited, requestsPerSecond: 100 });
    const { key } = (await house.ask('POST /api/v1/api-keys', token, { body: { name: 'x' } })).body;
    const { headers } = await house.ask('GET /api/v1/openapi.json', key);
    expect(headers).toMatchObject({ 'x-ratelimit-limit': '100' });
  });

  it('of somebody who becomes an operator later gets that plan at the next call', async () => {
    const { sub, token } = newcomer();
    expect((await house.ask(ACCOUNT, token)).body.plan.name).toBe('Free');
    const later = house.pool.token({ sub, ...OPERATORS });
    expect((await house.ask(ACCOUNT, later)).body.plan.name).toBe('Operator');
    expect((await house.ask(ACCOUNT, token)).body.plan.name).toBe('Operator');
  });
});

describe('the rate of a user', () => {
  it('is twenty in a second, whatever the plan says, beside that of the account’s keys', async () => {
    const { token } = newcomer();
    const { key } = (
      await house.ask('POST /api/v1/api-keys', token, { body: { name: 'x', scope: 'full' } })
    ).body;
    house.clock.now += 1000;
    house.clock.step = 0;
    const answers = await atOnce(25, () => house.ask(REQUESTS, token));
    const taken = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 429);
    expect([taken.length, refused.length]).toEqual([20, 5]);
    const left = taken.map(({ headers }) => Number(headers['x-ratelimit-remaining']));
    expect(left.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    for (const { headers } of answers) expect(headers['x-ratelimit-limit']).toBe('20');
    for (const { headers, body } of refused) {
      expect(headers).toMatchObject({ 'retry-after': '1', 'x-ratelimit-remaining': '0' });
      expect(body.error).toBe('Rate limit exceeded');
      expect(body.message).toMatch(/^A signed-in user may send 20 requests a second/);
    }
    const byKey = await house.ask(REQUESTS, key);
    expect(byKey).toMatchObject({
      status: 200,
      headers: { 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0' },
    });
    expect((await house.ask(REQUESTS, key)).status).toBe(429);
    house.clock.step = 1000;
    const next = await house.ask(REQUESTS, token);
    expect(next).toMatchObject({ status: 200, headers: { 'x-ratelimit-remaining': '19' } });
  });
});

describe('a user', () => {
  /** An account with an email in each environment. */
  async function furnished() {
    const someone = newcomer();
    const { account } = someone;
    const live = anEmail({ account });
    const test = anEmail({ account, environment: 'test' });
    for (const email of [live, test]) await emailStore(house.table).put(email);
    const list = async (query: Record<string, string>, credential = someone.token) =>
      house.ask(EMAILS, credential, { query });
    const ids = async (query: Record<string, string>) =>
      (await list(query)).body.data.map(({ id }: { id: string }) => id);
    return { ...someone, live, test, list, ids };
  }

  it('sees the emails of the environment that the query says, live ones where it says none', async () => {
    const { live, test, ids, token } = await furnished();
    expect(await ids({})).toEqual([live.id]);
    expect(await ids({ environment: 'live' })).toEqual([live.id]);
    expect(await ids({ environment: 'test' })).toEqual([test.id]);
    for (const { id, environment } of [live, test]) {
      const answer = await house.ask('GET /api/v1/emails/{id}', token, { path: { id } });
      expect(answer).toMatchObject({ status: 200, body: { id, environment } });
    }
  });

  it('cannot go on in one environment with a cursor of the other, nor name a third', async () => {
    const { account, list } = await furnished();
    await emailStore(house.table).put(anEmail({ account }));
    const { nextCursor: cursor } = (await list({ limit: '1' })).body;
    expect((await list({ cursor })).status).toBe(200);
    for (const query of [{ cursor, environment: 'test' }, { environment: 'both' }]) {
      expect(await list(query)).toMatchObject({
        status: 400,
        body: { error: 'Validation failed' },
      });
    }
  });

  it('chooses; a key may only say which environment is its own', async () => {
    const { list } = await furnished();
    const { credential } = await show(house, 'test-full');
    expect((await list({ environment: 'test' }, credential)).status).toBe(200);
    expect(await list({ environment: 'live' }, credential)).toMatchObject({
      status: 400,
      body: {
        error: 'Validation failed',
        message:
          "The 'environment' field must be 'test', because this API key belongs to that environment. Use a key that begins with ml_live_.",
      },
    });
  });

  it('who was refused sees it then and there: the list is of what keys were refused', async () => {
    const { token } = newcomer();
    await house.ask('GET /api/v1/emails/{id}', token, { path: { id: 'x' } });
    const body = { name: 'x', scope: 'full', environment: 'live' };
    const { key } = (await house.ask('POST /api/v1/api-keys', token, { body })).body;
    await house.ask('GET /api/v1/emails/{id}', key, { path: { id: 'x' } });
    const { data } = (await house.ask(REQUESTS, token)).body;
    expect(data).toMatchObject([{ key: { name: 'x' }, status: 404 }]);
  });
});

describe('a token', () => {
  it('is counted where everyone is answered, and a wrong one is ignored there', async () => {
    const { token } = newcomer();
    for (const routeKey of ['GET /api/v1/openapi.json', '$default']) {
      const { headers } = await house.ask(routeKey, token);
      expect(headers).toMatchObject({ 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '19' });
      const expired = await house.ask(routeKey, house.pool.token({ exp: 1 }));
      expect(expired.headers).not.toHaveProperty('x-ratelimit-limit');
      expect(expired.status).not.toBe(401);
    }
  });

  it('that is wrong makes no account', async () => {
    const { account, sub } = newcomer();
    const wrong = [{ token_use: 'id' }, { client_id: 'another' }, { exp: 1 }];
    for (const claims of wrong) {
      const token = house.pool.token({ sub, ...claims });
      expect(await house.ask(ACCOUNT, token)).toMatchObject(UNAUTHORIZED);
    }
    expect(await house.stores.accounts.find(account)).toBeUndefined();
  });

  it('makes no account where users are not taken', async () => {
    const { account, token } = newcomer();
    expect(await house.ask('POST /api/v1/emails', token, { body: {} })).toMatchObject(UNAUTHORIZED);
    expect(await house.stores.accounts.find(account)).toBeUndefined();
  });

  it('is written to no log, and its user is', async () => {
    const { sub, token } = newcomer();
    await house.ask(ACCOUNT, token);
    const { fields } = house.lines.filter(({ message }) => message === 'request').at(-1) ?? {};
    expect(fields).toMatchObject({ user: sub, status: 200 });
    expect(JSON.stringify(house.lines)).not.toContain(token);
  });
});

describe('where the pool’s keys cannot be fetched', () => {
  it('a token gets a 500 and lets nobody in, and API keys work on', async () => {
    const alone = await startHouse();
    try {
      alone.pool.served.status = 503;
      const answer = await alone.ask(ACCOUNT, alone.pool.token());
      expect(answer).toMatchObject({ status: 500, body: { error: 'Internal server error' } });
      expect(answer.text).not.toContain('503');
      expect(await alone.stores.accounts.list()).toEqual([]);
      const { credential } = await show(alone, 'live-full');
      expect((await alone.ask(ACCOUNT, credential)).status).toBe(200);
      alone.pool.served.status = 200;
      expect((await alone.ask(ACCOUNT, alone.pool.token())).status).toBe(200);
    } finally {
      await alone.stop();
    }
  });

  it('a token of another pool that says it is ours is a 401', async () => {
    const other = await startTokenPool();
    expect(await house.ask(ACCOUNT, other.token())).toMatchObject(UNAUTHORIZED);
    await other.stop();
  });
});
