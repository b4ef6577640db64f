import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clockTime } from '../../../lambdas/core/sending/pacing.ts';

describe('the time that a mail occupies the clock', () => {
  it('grows with its recipients and stays below the rate', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 1000 }), (n, rate) => {
        const time = clockTime(n, rate);
        expect(Number.isInteger(time)).toBe(true);
        expect(time).toBeGreaterThan((n * 1000) / rate);
        expect(time).toBeLessThanOrEqual(Math.ceil((n * 1000) / (rate * 0.94)));
      }),
    );
  });

  it('is a little more than a second for one recipient at one a second', () => {
    expect(clockTime(1, 1)).toBe(1064);
    expect(clockTime(50, 1)).toBe(53_192);
  });
});
