import { describe, expect, it } from '@jest/globals';
import {
  monthBefore,
  monthlyLimit,
  monthOf,
  secondsToNextMonth,
} from '../../../lambdas/core/account/usage.ts';

const plan = { emailsPerMonth: 300, domains: 1, requestsPerSecond: 1 };

describe("the month's usage", () => {
  it.each([
    ['2026-11-30T23:59:59.999Z', '2026-11', 1],
    ['2026-11-30T23:59:58.001Z', '2026-11', 2],
    ['2026-12-01T00:00:00.000Z', '2026-12', 31 * 86_400],
    ['2026-12-31T23:00:00.000Z', '2026-12', 3600],
    ['2028-02-01T00:00:00.000Z', '2028-02', 29 * 86_400],
  ])('at %s counts in %s, with %i whole seconds left', (time, month, seconds) => {
    expect(monthOf(Date.parse(time))).toBe(month);
    expect(secondsToNextMonth(Date.parse(time))).toBe(seconds);
  });

  it.each([
    ['2026-11-30T23:59:59.999Z', '2026-10'],
    ['2027-01-01T00:00:00.000Z', '2026-12'],
    ['2026-03-31T12:00:00.000Z', '2026-02'],
    ['2028-03-29T12:00:00.000Z', '2028-02'],
  ])('at %s follows that of %s', (time, month) => {
    expect(monthBefore(Date.parse(time))).toBe(month);
  });

  it('of a test key has ten times the allowance of the plan', () => {
    expect(monthlyLimit(plan, 'live')).toBe(300);
    expect(monthlyLimit(plan, 'test')).toBe(3000);
  });

  it('has no limit where the plan has none', () => {
    const unlimited = { ...plan, emailsPerMonth: null };
    expect(monthlyLimit(unlimited, 'live')).toBeNull();
    expect(monthlyLimit(unlimited, 'test')).toBeNull();
  });
});
