import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SendingAccount } from '../../lambdas/core/sending/gate.ts';
import { gateStore, pacingClock } from '../../lambdas/core/table/gate-store.ts';
import { keys } from '../../lambdas/core/table/keys.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());
beforeEach(async () => {
  const { client, name } = fixture.table;
  await client.send(new DeleteCommand({ TableName: name, Key: keys.gate() }));
});

const NOW = Date.parse('2026-11-23T12:00:00.000Z');
const ACCOUNT: SendingAccount = {
  maxSendRate: 14,
  max24HourSend: null,
  sentLast24Hours: 12,
  sandbox: false,
  sendingEnabled: true,
  enforcement: 'HEALTHY',
  checkedAt: NOW,
};
const REFUSED = { code: 'SendingPausedException', message: 'Paused.', at: NOW };

describe('the gate', () => {
  it('knows nothing before the first answer of SES', async () => {
    expect(await gateStore(fixture.table).read()).toEqual({});
  });

  it('keeps the latest answer, and a refusal until the next one', async () => {
    const gate = gateStore(fixture.table);
    await gate.refresh(ACCOUNT);
    expect(await gate.read()).toEqual({ account: ACCOUNT });
    await gate.close(REFUSED);
    expect(await gate.read()).toEqual({ account: ACCOUNT, refused: REFUSED });
    await gate.refresh({ ...ACCOUNT, max24HourSend: 200 });
    expect(await gate.read()).toEqual({ account: { ...ACCOUNT, max24HourSend: 200 } });
  });

  it('leaves the clock on the same item alone, and the clock the gate', async () => {
    const gate = gateStore(fixture.table);
    const clock = pacingClock(fixture.table);
    await gate.refresh(ACCOUNT);
    await clock.reserve({ now: NOW, duration: 100, wait: 1000 });
    await gate.close(REFUSED);
    await gate.refresh(ACCOUNT);
    const next = await clock.reserve({ now: NOW, duration: 100, wait: 1000 });
    expect(next).toEqual({ startAt: NOW + 100 });
    expect(await gate.read()).toEqual({ account: ACCOUNT });
  });
});

describe('the pacing clock', () => {
  it('starts now when it has never run, and when it is behind', async () => {
    const clock = pacingClock(fixture.table);
    const ask = (now: number) => clock.reserve({ now, duration: 500, wait: 0 });
    expect(await ask(NOW)).toEqual({ startAt: NOW });
    expect(await ask(NOW + 10_000)).toEqual({ startAt: NOW + 10_000 });
  });

  it('queues one reservation behind the other', async () => {
    const clock = pacingClock(fixture.table);
    const ask = (duration: number) => clock.reserve({ now: NOW, duration, wait: 20_000 });
    expect(await ask(300)).toEqual({ startAt: NOW });
    expect(await ask(50)).toEqual({ startAt: NOW + 300 });
    expect(await ask(50)).toEqual({ startAt: NOW + 350 });
  });

  it('says when to ask again where the wait would be too long, and takes nothing', async () => {
    const clock = pacingClock(fixture.table);
    await clock.reserve({ now: NOW, duration: 5001, wait: 0 });
    const ask = (now: number) => clock.reserve({ now, duration: 100, wait: 5000 });
    expect(await ask(NOW)).toEqual({ tryAt: NOW + 5001 });
    expect(await ask(NOW)).toEqual({ tryAt: NOW + 5001 });
    expect(await ask(NOW + 1)).toEqual({ startAt: NOW + 5001 });
  });

  it('lets 50 recipients pass at 1 a second, longer than any wait', async () => {
    const clock = pacingClock(fixture.table);
    const first = await clock.reserve({ now: NOW, duration: 50_000, wait: 20_000 });
    expect(first).toEqual({ startAt: NOW });
    const next = await clock.reserve({ now: NOW, duration: 50_000, wait: 20_000 });
    expect(next).toEqual({ tryAt: NOW + 50_000 });
  });

  it('gives 200 concurrent reservations intervals that never overlap', async () => {
    const clock = pacingClock(fixture.table);
    const asked = Array.from({ length: 200 }, (_, i) => ({
      now: NOW + (i % 7) * 40,
      duration: 10 + (i % 5) * 20,
    }));
    const given = await atOnce(200, async (i) => {
      const { now, duration } = asked[i] ?? { now: NOW, duration: 10 };
      const reservation = await clock.reserve({ now, duration, wait: 3600_000 });
      return { now, duration, reservation };
    });
    const taken = given.flatMap(({ now, duration, reservation }) =>
      'startAt' in reservation
        ? [{ now, from: reservation.startAt, to: reservation.startAt + duration }]
        : [],
    );
    taken.sort((a, b) => a.from - b.from);
    expect(taken.filter(({ now, from }) => from < now)).toEqual([]);
    expect(taken.filter(({ from }, i) => i > 0 && from < (taken[i - 1]?.to ?? 0))).toEqual([]);
    expect(taken).toHaveLength(200);
  });
});
