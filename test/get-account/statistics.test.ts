import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { AccountStore } from '../../lambdas/core/account/account.ts';
import type { UserDirectory } from '../../lambdas/core/account/owner.ts';
import { accountIdOf } from '../../lambdas/core/account/user.ts';
import type { CountedEvent, CountedKind } from '../../lambdas/core/statistics/statistics.ts';
import { byMonth } from '../../lambdas/core/statistics/statistics.ts';
import { statisticsStore } from '../../lambdas/core/table/statistics-store.ts';
import type { Environment } from '../../lambdas/core/value/environment.ts';
import { createHandler } from '../../lambdas/get-account/handler.ts';
import { routes } from '../../lambdas/get-account/route.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { anAccount, NOW, only } from '../core/email/fakes.ts';
import { call, httpEvent, httpWorld } from '../core/http/fake-http.ts';
import { accountWorld } from './account-world.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

type Row = { date: string } & Record<CountedKind, number>;
const NONE = { sent: 0, delivered: 0, bounced: 0, complained: 0 };

/** What happened to the mail of an account: rows of day, kind, how many. */
async function counted(
  account: string,
  rows: readonly [string, CountedKind, number][],
  environment: Environment = 'live',
) {
  const countedEvents: CountedEvent[] = rows.map(([day, kind, recipients]) => ({
    account,
    environment,
    day,
    kind,
    recipients,
  }));
  const store = statisticsStore(fixture.table);
  for (const { month, countedEvents: group } of byMonth(countedEvents))
    await store.add(month, group);
}

const rowsOf = (answer: { body: { data: Row[] } }) =>
  answer.body.data.filter((row) => row.sent + row.delivered + row.bounced + row.complained > 0);

describe('the statistics', () => {
  it('are the last 30 days with today as the last, and zeros where nothing happened', async () => {
    const { id, live } = accountWorld(fixture.table);
    await counted(id, [
      ['2026-11-23', 'sent', 5],
      ['2026-11-23', 'delivered', 3],
      ['2026-10-25', 'complained', 1],
      ['2026-10-24', 'bounced', 9],
    ]);
    const answer = await live('statistics');
    expect(v.safeParse(routes.statistics.answers[200], answer.body).issues).toBeUndefined();
    const dates = answer.body.data.map(({ date }: Row) => date);
    expect(dates).toHaveLength(30);
    expect(dates).toEqual([...new Set<string>(dates)].sort());
    expect([dates[0], dates[29]]).toEqual(['2026-10-25', '2026-11-23']);
    expect(answer.body.data[1]).toEqual({ date: '2026-10-26', ...NONE });
    expect(rowsOf(answer)).toEqual([
      { date: '2026-10-25', ...NONE, complained: 1 },
      { date: '2026-11-23', ...NONE, sent: 5, delivered: 3 },
    ]);
  });

  it.each([
    ['2026-11-30T23:59:59.999Z', '1', ['2026-11-30']],
    ['2026-12-01T00:00:00.000Z', '1', ['2026-12-01']],
    ['2026-12-01T00:00:00.000Z', '2', ['2026-11-30', '2026-12-01']],
  ])('at %s of %s days are those of UTC', async (now, days, expected) => {
    const { id, live } = accountWorld(fixture.table, { now: Date.parse(now) });
    await counted(id, [
      ['2026-11-30', 'sent', 1],
      ['2026-12-01', 'sent', 2],
    ]);
    const answer = await live('statistics', { days });
    expect(answer.body.data.map(({ date }: Row) => date)).toEqual(expected);
    expect(rowsOf(answer)).toHaveLength(expected.length);
  });

  it('of 90 days reach over four months, leap day and turn of the year included', async () => {
    const { id, live } = accountWorld(fixture.table, { now: Date.parse('2028-03-01T12:00:00Z') });
    await counted(id, [
      ['2027-12-02', 'sent', 1],
      ['2027-12-03', 'sent', 2],
      ['2028-01-31', 'sent', 3],
      ['2028-02-29', 'sent', 4],
      ['2028-03-01', 'sent', 5],
    ]);
    const answer = await live('statistics', { days: '90' });
    expect(answer.body.data).toHaveLength(90);
    expect(rowsOf(answer).map(({ date, sent }) => [date, sent])).toEqual([
      ['2027-12-03', 2],
      ['2028-01-31', 3],
      ['2028-02-29', 4],
      ['2028-03-01', 5],
    ]);
  });

  it.each([
    [{ days: '0' }, "The 'days' field must be at least 1."],
    [{ days: '91' }, "The 'days' field must be at most 90."],
    [{ days: '-1' }, "The 'days' field must be a whole number from 1 to 90."],
    [{ days: '1.5' }, "The 'days' field must be a whole number from 1 to 90."],
    [{ day: '3' }, "The 'day' field is not known: did you mean 'days'?"],
  ])('refuse %j', async (query, message) => {
    const answer = await accountWorld(fixture.table).live('statistics', query as never);
    expect({ status: answer.status, message: answer.body.message }).toEqual({
      status: 400,
      message,
    });
  });
});

describe('whose statistics', () => {
  it('a key sees is decided by its environment, and it may not ask for the other', async () => {
    const { id, live, test } = accountWorld(fixture.table);
    await counted(id, [['2026-11-23', 'sent', 1]]);
    await counted(id, [['2026-11-23', 'sent', 2]], 'test');
    expect(rowsOf(await live('statistics', { environment: 'live' }))).toMatchObject([{ sent: 1 }]);
    expect(rowsOf(await test('statistics'))).toMatchObject([{ sent: 2 }]);
    const refused = await test('statistics', { environment: 'live' });
    expect(refused).toMatchObject({ status: 400, body: { error: 'Validation failed' } });
    expect(refused.body.message).toContain('Use a key that begins with ml_live_.');
    expect((await live('statistics', { environment: 'test' })).status).toBe(400);
    expect((await live('statistics', { environment: 'both' })).status).toBe(400);
  });

  it('another account sees is nothing of it', async () => {
    const theirs = accountWorld(fixture.table);
    await counted(theirs.id, [['2026-11-23', 'sent', 1]]);
    expect(rowsOf(await accountWorld(fixture.table).live('statistics'))).toEqual([]);
  });

  it('a key that is bound to a domain sees is refused: they are the whole account’s', async () => {
    const { as } = accountWorld(fixture.table);
    const bound = await as({ domain: 'example.com' })('statistics');
    expect(bound).toMatchObject({ status: 403, body: { error: 'Forbidden' } });
    expect((await as({ scope: 'send' })('statistics')).status).toBe(403);
  });

  it('a user sees is live mail, or test mail if they ask for it', async () => {
    const user = { id: randomBytes(8).toString('hex'), operator: false };
    const id = accountIdOf(user.id);
    await counted(id, [['2026-11-23', 'sent', 1]]);
    await counted(id, [['2026-11-23', 'sent', 2]], 'test');
    const { deps } = httpWorld();
    const handler = createHandler({
      ...deps,
      users: { verify: async () => user },
      accounts: only<AccountStore>('accounts', { find: async () => anAccount({ id }) }),
      usage: { ...deps.usage, countRequest: deps.usage.countRequest, read: async () => [] },
      directory: only<UserDirectory>('directory', {}),
      domains: { list: async () => [] },
      endpoints: { list: async () => [] },
      gate: { read: async () => ({}) },
      refusals: { ...deps.refusals, list: async () => [] },
      statistics: statisticsStore(fixture.table),
      now: () => NOW,
    });
    const { method, path } = routes.statistics;
    const headers = { authorization: 'Bearer header.claims.signature' };
    const event = { method, routeKey: `${method} ${path}`, headers };
    expect(rowsOf(await call(handler, httpEvent(event)))).toMatchObject([{ sent: 1 }]);
    const asked = httpEvent({ ...event, queryStringParameters: { environment: 'test' } });
    expect(rowsOf(await call(handler, asked))).toMatchObject([{ sent: 2 }]);
  });
});
