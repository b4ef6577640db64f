import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openUserDirectory } from '../../lambdas/core/aws/user-directory.ts';
import { DEFAULT_PLANS } from '../../lambdas/core/contract/plans.ts';
import { openTokenVerifier } from '../../lambdas/core/net/token-verifier.ts';
import { callerStores } from '../../lambdas/core/table/caller-stores.ts';
import { domainStore } from '../../lambdas/core/table/domain-store.ts';
import { endpointStore } from '../../lambdas/core/table/endpoint-store.ts';
import { gateStore } from '../../lambdas/core/table/gate-store.ts';
import { statisticsStore } from '../../lambdas/core/table/statistics-store.ts';
import { createHandler, type GetAccountDeps } from '../../lambdas/get-account/handler.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { memoryLog, NOW } from '../core/email/fakes.ts';
import { call, httpEvent } from '../core/http/fake-http.ts';
import { startPool } from './cognito-fixture.ts';

let fixture: TestTable;
let pool: Awaited<ReturnType<typeof startPool>>;
beforeAll(async () => {
  fixture = await startTable();
  pool = await startPool();
});
afterAll(async () => {
  await pool.stop();
  await fixture.stop();
});

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** get-account on the real table and the local Cognito, with one user of it. */
async function world(email: string, changes: Partial<GetAccountDeps> = {}) {
  await pool.addUser(email);
  const stores = callerStores(fixture.table);
  const { log, lines } = memoryLog();
  const clock = { now: NOW, asked: 0 };
  const users = openTokenVerifier(pool.pool, pool.cognito.url);
  const directory = openUserDirectory();
  const handler = createHandler({
    ...stores,
    log,
    plans: DEFAULT_PLANS,
    users,
    directory: {
      async verifiedEmail(token) {
        clock.asked += 1;
        return directory.verifiedEmail(token);
      },
    },
    domains: domainStore(fixture.table),
    endpoints: endpointStore(fixture.table),
    statistics: statisticsStore(fixture.table),
    gate: gateStore(fixture.table),
    now: () => clock.now,
    ...changes,
  });
  const token = await pool.signIn(email);
  const show = async (as = token) => {
    const routeKey = 'GET /api/v1/account';
    const headers = { authorization: `Bearer ${as}` };
    const answer = await call(handler, httpEvent({ method: 'GET', routeKey, headers }));
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const kept = async () => (await stores.accounts.find((await show()).id))?.owner;
  return { clock, lines, token, show, kept, users };
}

describe('the address of an account’s owner', () => {
  it('is read with the user’s own token, kept with the time, and asked for again after a day', async () => {
    const email = 'ada@example.com';
    const { clock, show, kept, token, users } = await world(email);
    await pool.setVerified(email, true);
    expect((await show()).owner).toEqual({ email });
    const user = await users.verify(token);
    const emailReadAt = new Date(NOW).toISOString();
    expect(await kept()).toEqual({ sub: user?.id, email, emailReadAt });
    clock.now += DAY - 1;
    expect((await show()).owner).toEqual({ email });
    expect(clock.asked).toBe(1);
    clock.now += 1;
    await show();
    expect(clock.asked).toBe(2);
    expect((await kept())?.emailReadAt).toBe(new Date(NOW + DAY).toISOString());
  });

  it('does not count until it is verified, and is asked for again after a minute', async () => {
    const email = 'bob@example.com';
    const { clock, show } = await world(email);
    expect((await show()).owner).toEqual({ email: null });
    await pool.setVerified(email, true);
    clock.now += MINUTE - 1;
    expect((await show()).owner).toEqual({ email: null });
    clock.now += 1;
    expect((await show()).owner).toEqual({ email });
    expect(clock.asked).toBe(2);
  });

  it('counts no more once it is found not to be verified', async () => {
    const email = 'cleo@example.com';
    const { clock, show } = await world(email);
    await pool.setVerified(email, true);
    expect((await show()).owner).toEqual({ email });
    await pool.setVerified(email, false);
    clock.now += DAY;
    expect((await show()).owner).toEqual({ email: null });
  });

  it('that cannot be read stays as it was, is logged without the token, and fails no request', async () => {
    const email = 'dan@example.com';
    let broken = false;
    const real = openUserDirectory();
    const verifiedEmail = async (token: string) => {
      // A token that Cognito does not know: its own refusal.
      return real.verifiedEmail(broken ? `${token}x` : token);
    };
    const { clock, lines, show, kept, token } = await world(email, {
      directory: { verifiedEmail },
    });
    await pool.setVerified(email, true);
    await show();
    const before = await kept();
    broken = true;
    clock.now += 2 * DAY;
    expect((await show()).owner).toEqual({ email });
    expect(await kept()).toEqual(before);
    const logged = lines.filter(({ error }) => error);
    expect(logged[0]).toMatchObject({ message: "owner's address not read" });
    expect(logged.map(({ error }) => String(error)).join()).not.toContain(token);
    broken = false;
    await show();
    expect((await kept())?.emailReadAt).toBe(new Date(NOW + 2 * DAY).toISOString());
  });
});

describe('a token of the local Cognito', () => {
  it('is taken, and says whether its user is an operator', async () => {
    const email = 'eve@example.com';
    const { show, users, token } = await world(email);
    expect((await show()).plan.name).toBe('Free');
    expect(await users.verify(token)).toMatchObject({ operator: false });
    await pool.makeOperator(email);
    const later = await pool.signIn(email);
    expect(await users.verify(later)).toMatchObject({ operator: true });
    expect(await show(later)).toMatchObject({ operator: true, plan: { name: 'Operator' } });
  });
});
