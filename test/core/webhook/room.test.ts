import { describe, expect, it } from '@jest/globals';
import type { Health } from '../../../lambdas/core/webhook/health.ts';
import { aDelivery, NOW } from '../../contracts/webhooks.ts';
import { delivering, messages, REF } from './fake-delivering.ts';
import { SERVER, STEPS, TIMES } from './fake-world.ts';

const MINUTE = 60_000;
const { withEvent, bare } = messages();
const taken = (since: number) => ({ owner: `o${since}`, since, until: NOW + 30_000 });
const full = (...ages: number[]): Health => ({
  last: 'succeeded',
  slots: ages.map((age) => taken(NOW - age)),
});
/** A first receive, half of the spread. */
const wait = (least: number, spread: number) => least + 1.1 * 0.5 * spread;

describe('an endpoint whose slots are taken', () => {
  it.each([
    ['for a moment when they were taken just now', full(0, 500, 1000), wait(1000, 1000)],
    ['until the oldest must have ended', full(0, 5000, 0), wait(10_000, 5000)],
    ['for a moment at least', full(20_000, 0, 0), wait(1000, 5000)],
  ])('hides a message %s', async (_, health, after) => {
    const { handle, setHealth, posts } = delivering([]);
    setHealth(REF, health);
    const verdict = await handle(withEvent);
    expect(verdict.kind === 'retry' && Math.round(verdict.after)).toBe(Math.round(after));
    expect(posts).toEqual([]);
  });

  it('takes a slot whose lease has ended', async () => {
    const { handle, setHealth } = delivering([SERVER.ok]);
    const lapsed = { owner: 'o', since: NOW - 40_000, until: NOW };
    setHealth(REF, { last: 'succeeded', slots: [taken(NOW), lapsed, taken(NOW)] });
    expect((await handle(withEvent)).note).toBe('succeeded');
  });

  it('hides its messages without a look for a second, then looks again', async () => {
    const { handle, setHealth, time } = delivering([]);
    setHealth(REF, full(0, 0, 0));
    await handle(withEvent);
    for (let i = 0; i < 100; i += 1) {
      time.now = NOW + 9 * i;
      const { kind, note } = await handle(messages().withEvent);
      expect([kind, note]).toEqual(['retry', 'endpoint known as busy']);
    }
    expect(time.looks).toBe(1);
    time.now = NOW + 1000;
    await handle(withEvent);
    expect(time.looks).toBe(2);
  });

  it('hides for longer with each receive, and after fifty leaves it to the due index', async () => {
    const { handle, setHealth, delivery, time } = delivering([]);
    const now = [0, 1, 2].map(() => ({ owner: 'o', since: NOW + MINUTE, until: NOW + 2 * MINUTE }));
    setHealth(REF, { last: 'succeeded', slots: now });
    let longest = 0;
    for (let receives = 1; receives < 50; receives += 1) {
      const verdict = await handle(withEvent, { receives });
      const after = verdict.kind === 'retry' ? verdict.after : 0;
      expect(after).toBeGreaterThanOrEqual(longest);
      longest = after;
      time.now += 1000;
    }
    expect(longest).toBeLessThan(30_000);
    const last = await handle(withEvent, { receives: 50 });
    expect(last).toEqual({ kind: 'done', note: 'waited too often' });
    const { dueAt = 0, nextAt, status, tries } = delivery(bare) ?? {};
    expect({ nextAt, status, tries }).toEqual({ nextAt: dueAt, status: 'pending', tries: 0 });
    expect(dueAt).toBeGreaterThan(time.now);
  });

  it('hides a message when another invocation takes the last slot first', async () => {
    const { handle, deps } = delivering([]);
    Object.assign(deps.health, { takeSlot: async () => false });
    expect(await handle(withEvent)).toMatchObject({ kind: 'retry' });
  });
});

describe('an invocation', () => {
  it('begins nothing that it may not end', async () => {
    const { handle } = delivering([]);
    const left = () => TIMES.webhookDeadline + 2499;
    const verdict = await handle(withEvent, { left });
    expect(verdict).toEqual({ kind: 'retry', after: 1000, note: 'too little time left' });
  });

  it.each<[string, Health]>([
    ['is being tried for the first time', { slots: [taken(NOW)] }],
    ['failed', { last: 'failed', slots: [] }],
    ['was slow', { last: 'slow', slots: [] }],
    ['has held a slot for two seconds', full(2001)],
  ])('without a lane leaves an endpoint alone that %s', async (_, health) => {
    const { handle, setHealth } = delivering([]);
    setHealth(REF, health);
    const verdict = await handle(withEvent, { holdsLane: async () => false });
    expect(verdict).toMatchObject({ kind: 'retry', note: 'no lane', after: wait(1000, 2000) });
  });

  it('without a lane tries a new endpoint once, in its first slot', async () => {
    const { handle, deps } = delivering([SERVER.ok]);
    const { takeSlot } = deps.health;
    const indexes: number[] = [];
    Object.assign(deps.health, {
      takeSlot: async (...input: Parameters<typeof takeSlot>) => {
        indexes.push(input[1]);
        return await takeSlot(...input);
      },
    });
    const verdict = await handle(withEvent, { holdsLane: async () => false });
    expect(verdict.note).toBe('succeeded');
    expect(indexes).toEqual([0]);
  });

  it('asks for no lane when the endpoint is well', async () => {
    const { handle, setHealth } = delivering([SERVER.ok]);
    setHealth(REF, full(2000));
    const holdsLane = () => Promise.reject(new Error('Not foreseen.'));
    expect((await handle(withEvent, { holdsLane })).note).toBe('succeeded');
  });
});

describe('the breaker', () => {
  const open: Health = { last: 'failed', timeouts: 3, openUntil: NOW + 15_000, slots: [] };

  it('is opened by three time-outs in a row, and again by each further one', async () => {
    const { handle, healthOf, time } = delivering(Array(4).fill(SERVER.hanging));
    const opened: (number | undefined)[] = [];
    for (const minute of [0, 1, 2, 4]) {
      time.now = NOW + minute * MINUTE;
      await handle(messages().withEvent);
      opened.push(healthOf(REF).openUntil);
    }
    expect(opened).toEqual([undefined, undefined, NOW + 4 * MINUTE, NOW + 8 * MINUTE]);
  });

  it('counts time-outs that end side by side', async () => {
    const { handle, healthOf } = delivering(Array(3).fill(SERVER.hanging));
    await Promise.all([1, 2, 3].map(() => handle(messages().withEvent)));
    expect(healthOf(REF)).toMatchObject({ timeouts: 3, openUntil: NOW + TIMES.webhookDeadline });
  });

  it('sends a new event to the due index without a try', async () => {
    const { handle, setHealth, delivery, posts } = delivering([]);
    setHealth(REF, open);
    expect(await handle(withEvent)).toEqual({ kind: 'done', note: 'breaker open' });
    const at = NOW + 15_000 + TIMES.sweepAhead / 2;
    expect(delivery(bare)).toMatchObject({ status: 'pending', tries: 0, nextAt: at, dueAt: at });
    expect(posts).toEqual([]);
  });

  it.each([
    ['a retry', { tries: 1, attempts: [] }],
    ['what is sent once more', { tries: 0, attempts: [{}] }],
    ['a test event', { tries: 0, emailId: null }],
  ])('lets %s through, and a success closes it', async (_, more) => {
    const { handle, setHealth, addDelivery, healthOf } = delivering([SERVER.ok]);
    setHealth(REF, open);
    addDelivery(aDelivery(0, { ...REF, id: bare.id, ...more } as object));
    expect((await handle(bare)).note).toBe('succeeded');
    const { slots, ...health } = healthOf(REF);
    expect(health).toEqual({ last: 'succeeded' });
  });

  it('stays open for at most fifteen minutes, and then closes', async () => {
    const { handle, setHealth, healthOf, time } = delivering([SERVER.hanging, SERVER.broken]);
    const failingSince = NOW - (STEPS[5] ?? 0);
    setHealth(REF, { ...open, failingSince, openUntil: NOW });
    await handle(withEvent);
    expect(healthOf(REF)).toMatchObject({ timeouts: 4, openUntil: NOW + 15 * 60_000 });
    time.now = NOW + 15 * 60_000;
    await handle(messages().withEvent);
    expect(healthOf(REF)).toMatchObject({ last: 'failed', failingSince });
    expect(healthOf(REF)).not.toHaveProperty('timeouts');
    expect(healthOf(REF)).not.toHaveProperty('openUntil');
  });
});
