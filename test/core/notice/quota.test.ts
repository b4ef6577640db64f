import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MonthlyUsage } from '../../../lambdas/core/account/usage.ts';
import { crossing, type QuotaWatchDeps, quotaWatch } from '../../../lambdas/core/notice/quota.ts';
import { noticeStore } from '../../../lambdas/core/table/notice-store.ts';
import { usageStore } from '../../../lambdas/core/table/usage-store.ts';
import { atOnce, startTable, type TestTable } from '../../contracts/table-fixture.ts';
import { NOW } from '../email/fakes.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

const usageOf = (account: string, environment: 'live' | 'test' = 'live'): MonthlyUsage => ({
  account,
  environment,
  month: '2026-11',
});

/** Counts on the real table; what is put is counted. */
function world(account: string, put?: QuotaWatchDeps['notices']['put']) {
  const store = noticeStore(fixture.table);
  const usage = usageStore(fixture.table);
  const puts: string[] = [];
  const failures: unknown[] = [];
  const instance = () =>
    quotaWatch({
      notices: {
        async put(notice) {
          puts.push(notice.kind);
          await (put ?? store.put)(notice);
        },
      },
      now: () => NOW,
      onFailure: (_account, error) => failures.push(error),
    });
  const send = async (watch: ReturnType<typeof instance>, emails: number, limit: number | null) => {
    const total = await usage.charge(usageOf(account), emails, limit);
    if (total === undefined) await watch.refused(usageOf(account), limit ?? 0);
    else await watch.charged(usageOf(account), emails, total, limit);
  };
  const due = async () =>
    (await store.due(NOW, 100)).filter((ref) => ref.account === account).map(({ id }) => id);
  return { store, puts, failures, instance, send, due };
}

describe('a crossing', () => {
  it.each([
    [79, 1, 100, undefined],
    [80, 1, 100, 'quota_80'],
    [81, 1, 100, undefined],
    [90, 20, 100, 'quota_80'],
    [99, 5, 100, undefined],
    [100, 5, 100, 'quota_100'],
    [100, 50, 100, 'quota_100'],
    [1, 1, 1, 'quota_100'],
    [241, 2, 300, 'quota_80'],
  ] as const)('to a total of %i by %i of %i is %s', (total, emails, limit, kind) => {
    expect(crossing(total, emails, limit)).toBe(kind);
  });
});

describe('the month’s quota', () => {
  it('is told once at 80 % and once at 100 %, however many send at once', async () => {
    const { send, instance, puts, due } = world('a'.repeat(24));
    const watches = [instance(), instance()];
    await atOnce(60, (i) => send(watches[i % 2] as (typeof watches)[0], 3, 100));
    // 33 fit; the other 27 are refused by two instances, of which each notes it once.
    expect(puts.sort()).toEqual(['quota_100', 'quota_100', 'quota_80']);
    expect(await due()).toEqual(expect.arrayContaining(['quota_80#2026-11', 'quota_100#2026-11']));
    expect(await due()).toHaveLength(2);
  });

  it('that is refused in a flood is written once by an instance', async () => {
    const { send, instance, puts } = world('b'.repeat(24));
    const watch = instance();
    await atOnce(200, () => send(watch, 5, 4));
    expect(puts).toEqual(['quota_100']);
  });

  it('costs a send before 80 %, between, without a limit or of a test key no write', async () => {
    const { send, instance, puts } = world('c'.repeat(24));
    const watch = instance();
    await send(watch, 79, 100);
    await watch.charged(usageOf('c'.repeat(24)), 1, 81 + 1, 100);
    await watch.charged(usageOf('c'.repeat(24)), 1, 1_000_000, null);
    await watch.charged(usageOf('c'.repeat(24), 'test'), 1, 100, 100);
    await watch.refused(usageOf('c'.repeat(24), 'test'), 100);
    expect(puts).toEqual([]);
  });

  it('that cannot be noted fails no send, is logged, and is noted by the next refusal', async () => {
    const down = new Error('No table.');
    const { send, instance, puts, failures } = world('d'.repeat(24), () => Promise.reject(down));
    const watch = instance();
    await send(watch, 10, 10);
    await send(watch, 1, 10);
    await send(watch, 1, 10);
    expect(puts).toHaveLength(3);
    expect(failures).toEqual([down, down, down]);
  });
});
