import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isStored, nextTry, waitUntil } from '../../../lambdas/core/webhook/schedule.ts';
import { NOW } from '../../contracts/webhooks.ts';
import { STEPS, TIMES } from './fake-world.ts';

const DAY = 24 * 3_600_000;
const seed = Math.floor(Math.random() * 2 ** 31);
const half = () => 0.5;

describe(`the schedule (seed ${seed})`, () => {
  it('waits each step, lengthened by up to a fifth, and ends after the last', () => {
    const tries = fc.integer({ min: 1, max: STEPS.length });
    const random = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(tries, random, (number, chance) => {
        const wait = (nextTry({ tries: number, now: NOW }, STEPS, () => chance) ?? 0) - NOW;
        const step = STEPS[number - 1] ?? 0;
        expect(wait).toBeGreaterThanOrEqual(step);
        expect(wait).toBeLessThanOrEqual(1.2 * step);
      }),
      { seed },
    );
    expect(nextTry({ tries: STEPS.length + 1, now: NOW }, STEPS, half)).toBeUndefined();
  });

  it.each([
    ['earlier than the step', NOW + 1000, NOW + 5500],
    ['in the past', NOW - DAY, NOW + 5500],
    ['later than the step', NOW + 90_000, NOW + 90_000],
    ['later than the longest step', NOW + 3 * DAY, NOW + DAY],
  ])('honours a Retry-After that is %s within its bounds', (_, retryAt, expected) => {
    expect(nextTry({ tries: 1, now: NOW, retryAt }, STEPS, half)).toBe(expected);
  });

  it('gives nothing a further try because of Retry-After', () => {
    const last = { tries: STEPS.length + 1, now: NOW, retryAt: NOW + 1000 };
    expect(nextTry(last, STEPS, half)).toBeUndefined();
  });
});

describe('a wait', () => {
  const longest = NOW + TIMES.webhookLongestHide;

  it("is the message's own up to fifteen minutes, and the due index's from then on", () => {
    expect(waitUntil(longest, false, TIMES, NOW)).toEqual({ nextAt: longest });
    const stored = { nextAt: longest + 1, dueAt: longest + 1 };
    expect(waitUntil(longest + 1, false, TIMES, NOW)).toEqual(stored);
    expect(isStored(stored)).toBe(true);
  });

  it('keeps the sweeper away from what is in its index while the message is hidden', () => {
    const wait = waitUntil(longest, true, TIMES, NOW);
    expect(wait).toEqual({ nextAt: longest, dueAt: longest + TIMES.dueLease });
    expect(isStored(wait)).toBe(false);
    expect(isStored({ nextAt: longest })).toBe(false);
  });
});
