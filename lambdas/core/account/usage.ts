import { type Plan, TEST_ALLOWANCE_FACTOR } from '../contract/plans.ts';
import type { Environment } from '../value/environment.ts';

/** What remained after one request was counted; `undefined` means "nothing remained, not counted". */
export type Counted = { readonly remaining: number } | undefined;

/** The counters of an account: exact, and never one free when a write's answer is lost. */
export type UsageStore = {
  /**
   * Counts one request in the calendar second of `now`.
   *
   * @param now epoch milliseconds
   * @param user counts in this user's own window instead of that of the account's keys
   */
  countRequest(account: string, limit: number, now: number, user?: string): Promise<Counted>;
  /**
   * Counts `emails` in the month, whole or not at all. `limit` null is unlimited. The month's new total, or
   * undefined where they do not fit.
   */
  charge(usage: MonthlyUsage, emails: number, limit: number | null): Promise<number | undefined>;
  /** Takes a charge back. */
  refund(usage: MonthlyUsage, emails: number): Promise<void>;
  /** Emails that are counted in each, in the order asked. */
  read(usages: readonly MonthlyUsage[]): Promise<number[]>;
};

/** Which counter: live and test mail have one each. */
export type MonthlyUsage = {
  readonly account: string;
  readonly environment: Environment;
  /** `2026-11`, UTC. */
  readonly month: string;
};

/** The calendar month of a time, UTC: `2026-11`. */
export function monthOf(now: number): string {
  return new Date(now).toISOString().slice(0, 7);
}

/** The month before that of a time, UTC: `2026-10`. */
export function monthBefore(now: number): string {
  const date = new Date(now);
  return monthOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 0));
}

/** Emails a month for the plan; test keys have an allowance of their own. */
export function monthlyLimit(plan: Plan, environment: Environment): number | null {
  if (plan.emailsPerMonth === null) return null;
  return environment === 'test' ? plan.emailsPerMonth * TEST_ALLOWANCE_FACTOR : plan.emailsPerMonth;
}

/** Whole seconds, at least 1, until the first of the next month, UTC. */
export function secondsToNextMonth(now: number): number {
  const date = new Date(now);
  const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  return Math.max(1, Math.ceil((next - now) / 1000));
}
