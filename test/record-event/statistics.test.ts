import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { simulatedEvents } from '../../lambdas/core/email/simulation.ts';
import type { StatisticsMonth } from '../../lambdas/core/statistics/statistics.ts';
import { statisticsStore } from '../../lambdas/core/table/statistics-store.ts';
import type { Environment } from '../../lambdas/core/value/environment.ts';
import { createHandler } from '../../lambdas/record-event/handler.ts';
import { NOW } from '../core/email/fakes.ts';
import { at, type RawEvent } from '../core/email/ses-events.ts';
import { batchOf } from '../core/queue/fake-batch.ts';
import { SEED } from '../proof/sizes.ts';
import { type EventOf, inParallel, openWorld, type Scene, type World } from './world.ts';

const ADA = 'ada@example.org';
const BOB = 'bob@example.org';
const EVE = 'eve@example.org';
const DAY = 24 * 3600;

const send: EventOf = (ses) => ses.send();
const delivery: EventOf = (ses) => ses.delivery([ADA, BOB]);

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

const MONTHS = ['2026-10', '2026-11', '2026-12'];

/** Day → sent, delivered, bounced, complained. */
async function counted(account: string, environment: Environment = 'live') {
  const months = MONTHS.map((month) => ({ account, environment, month }));
  const read = await statisticsStore(world.table).read(months);
  const rows = [...read].map(([day, { sent, delivered, bounced, complained }]) => [
    day,
    [sent, delivered, bounced, complained],
  ]);
  return Object.fromEntries(rows);
}

const countedOf = ({ email }: Scene) => counted(email.account, email.environment);

/** The scene's dependencies, with a note of each update of the counters. */
function watched(scene: Scene) {
  const updates: (StatisticsMonth & { countedEvents: number })[] = [];
  const { add } = scene.deps.statistics;
  const statistics: Scene['deps']['statistics'] = {
    add(month, countedEvents) {
      updates.push({ ...month, countedEvents: countedEvents.length });
      return add(month, countedEvents);
    },
  };
  return { updates, deps: { ...scene.deps, statistics } };
}

describe('what SES reports is counted', () => {
  it('per recipient, on the day on which it happened', async () => {
    const scene = await world.open({ changes: { to: [ADA, BOB], cc: [EVE] } });
    await scene.record(
      send,
      delivery,
      (ses) => ses.bounce([EVE]),
      (ses) => ses.complaint([ADA], at(0.9 * DAY)),
    );
    expect(await countedOf(scene)).toEqual({
      '2026-11-23': [3, 2, 1, 0],
      '2026-11-24': [0, 0, 0, 1],
    });
  });

  it('for test mail apart from live mail', async () => {
    const scene = await world.open({ changes: { environment: 'test', to: 'bounced@example.org' } });
    const events = simulatedEvents(scene.email, 1).map(
      ({ event }) =>
        () =>
          event as RawEvent,
    );
    await scene.record(...events);
    expect(await countedOf(scene)).toEqual({ '2026-11-23': [1, 0, 1, 0] });
    expect(await counted(scene.email.account, 'live')).toEqual({});
  });

  it('once for each recipient, however often and in whatever words it is said', async () => {
    const scene = await world.open();
    const soft = { type: 'Transient', subType: 'MailboxFull' };
    await scene.record((ses) => ses.bounce([ADA], soft));
    await scene.record((ses) => ses.bounce([ADA], soft, at(90)));
    await scene.record((ses) => ses.bounce([ADA], {}, at(120)));
    expect(await countedOf(scene)).toEqual({ '2026-11-23': [0, 0, 1, 0] });
  });

  it('once where two functions record the same event at the same time', async () => {
    const scene = await world.open({ changes: { to: [ADA, BOB] } });
    await Promise.all(Array.from({ length: 8 }, () => scene.record(send, delivery, delivery)));
    expect(await countedOf(scene)).toEqual({ '2026-11-23': [2, 2, 0, 0] });
  });

  it('but not a delay, a rejection, a stranger or a late event', async () => {
    const scene = await world.open();
    await scene.record(
      (ses) => ses.delay([ADA]),
      (ses) => ses.reject(),
      (ses) => ses.delivery(['who@example.net']),
    );
    expect(await countedOf(scene)).toEqual({});
    const late = await world.open({ kept: null });
    await late.record(send);
    expect(await countedOf(late)).toEqual({});
  });

  it('not before the mail was accepted and not in the future, whatever the time of the event', async () => {
    const changes = { to: [ADA, BOB], createdAt: at(0) };
    const scene = await world.open({ changes });
    await scene.record(
      (ses) => ses.delivery([ADA], '2001-01-01T00:00:00Z'),
      (ses) => ses.delivery([BOB], '2099-01-01T00:00:00Z'),
    );
    expect(await countedOf(scene)).toEqual({
      '2026-11-23': [0, 1, 0, 0],
      '2026-11-24': [0, 1, 0, 0],
    });
  });
});

describe('the counters of a batch', () => {
  it('are one update for each month of an account, over all its messages', async () => {
    const first = await world.open({ changes: { to: [ADA, BOB] } });
    const { account } = first.email;
    const second = await world.open({ account, changes: { id: 'b'.repeat(24) } });
    const other = await world.open();
    const { updates, deps } = watched(first);
    const border = Date.parse('2026-12-01T00:00:00.000Z') - 1;
    const now = () => border + 1000;
    const batch = batchOf(
      first.ses.send(),
      first.ses.delivery([ADA], new Date(border).toISOString()),
      first.ses.delivery([BOB], new Date(border + 1).toISOString()),
      second.ses.send(),
      second.ses.delivery([ADA]),
      other.ses.send(),
    );
    expect(await createHandler({ ...deps, now })(batch)).toEqual({ batchItemFailures: [] });
    expect(updates).toHaveLength(3);
    expect(updates).toEqual(
      expect.arrayContaining([
        { account, environment: 'live', month: '2026-11', countedEvents: 4 },
        { account, environment: 'live', month: '2026-12', countedEvents: 1 },
        { account: other.email.account, environment: 'live', month: '2026-11', countedEvents: 1 },
      ]),
    );
    expect(await counted(account)).toEqual({
      '2026-11-23': [3, 1, 0, 0],
      '2026-11-30': [0, 1, 0, 0],
      '2026-12-01': [0, 1, 0, 0],
    });
  });

  it('that cannot be written fail no event, are logged, and repeat nothing', async () => {
    const scene = await world.open();
    const statistics = { add: () => Promise.reject(new Error('Not now.')) };
    const handler = createHandler({ ...scene.deps, statistics });
    expect(await handler(batchOf(scene.ses.send()))).toEqual({ batchItemFailures: [] });
    expect((await scene.outcome()).view).toMatchObject({ status: 'sent' });
    expect(scene.counts).toEqual(['UncountedStatistics']);
    const { account } = scene.email;
    expect(scene.lines.at(-1)).toEqual({
      message: 'statistics not counted',
      fields: { account, environment: 'live', month: '2026-11', countedEvents: 1 },
      error: new Error('Not now.'),
    });
    await scene.record(send);
    expect(await countedOf(scene)).toEqual({});
  });

  it('hold what was written of a message that then failed, once it has come again', async () => {
    const scene = await world.open();
    const both: EventOf = (ses) => ses.bounce([ADA, 'who@example.net']);
    const park = () => Promise.reject(new Error('Not now.'));
    const broken = createHandler({ ...scene.deps, park });
    const { batchItemFailures } = await broken(batchOf(both(scene.ses)));
    expect(batchItemFailures).toHaveLength(1);
    expect(await scene.record(both)).toBe(0);
    expect(await countedOf(scene)).toEqual({ '2026-11-23': [0, 0, 1, 0] });
  });
});

const EVENTS: readonly EventOf[] = [
  send,
  delivery,
  (ses) => ses.delivery([EVE], at(5)),
  (ses) => ses.bounce([BOB]),
  (ses) => ses.bounce([BOB], { type: 'Transient' }, at(7)),
  (ses) => ses.complaint([ADA, EVE]),
  (ses) => ses.complaint([ADA], at(70)),
  (ses) => ses.delay([EVE]),
];

it('any order, repetition and batching of the same events counts the same', async () => {
  console.log(`Seed ${SEED}; give it again as MAILLAYER_SEED.`);
  const orders = fc
    .array(fc.constantFrom(...EVENTS), { maxLength: 6 })
    .chain((repeated) => {
      const all = [...EVENTS, ...repeated];
      return fc.shuffledSubarray(all, { minLength: all.length });
    })
    .chain((all) => fc.nat({ max: all.length }).map((cut) => [all.slice(0, cut), all.slice(cut)]));
  const sequences = fc.sample(orders, { numRuns: 60, seed: SEED });
  await inParallel(sequences, 8, async (batches) => {
    const scene = await world.open({ changes: { to: [ADA, BOB], cc: [EVE] } });
    for (const batch of batches) expect(await scene.record(...batch)).toBe(0);
    const order = batches.map((batch) => batch.map((event) => EVENTS.indexOf(event)));
    const expected = { '2026-11-23': [3, 3, 1, 2] };
    expect({ order, counts: await countedOf(scene) }).toEqual({ order, counts: expected });
  });
});

it('the tests’ mails are accepted on the 23rd', () => {
  expect(new Date(NOW).toISOString()).toMatch(/^2026-11-23/);
});
