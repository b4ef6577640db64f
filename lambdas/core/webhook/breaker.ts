import type { Times } from '../contract/times.ts';
import type { Delivery } from './delivery.ts';
import type { Health, HealthChange } from './health.ts';

/** Time-outs in a row that open an endpoint's breaker. */
export const TIMEOUTS_TO_OPEN = 3;
/** A try that takes longer than this, in milliseconds, is slow: its endpoint keeps to the lanes. */
export const SLOW = 2000;

/** How a try went, as far as the endpoint's health goes. */
export type TryOutcome = {
  readonly kind: 'succeeded' | 'failed' | 'timedOut';
  readonly durationMs: number;
};

/**
 * How long the breaker stays open: as long as the endpoint has been failing, at least a try's deadline, at
 * most what a message could be hidden for. So a hiccup costs seconds, and what waits behind a dead endpoint
 * is looked at four times an hour.
 */
function openFor(failing: number, { webhookDeadline, webhookLongestHide }: Times): number {
  return Math.min(webhookLongestHide, Math.max(webhookDeadline, failing));
}

/** The endpoint's health after a try that ended at `now` (epoch milliseconds). */
export function afterTry(
  health: Health,
  { kind, durationMs }: TryOutcome,
  now: number,
  times: Times,
): HealthChange {
  if (kind === 'succeeded') return { last: durationMs > SLOW ? 'slow' : 'succeeded' };
  const failingSince = health.failingSince ?? now;
  const failed = { last: 'failed', failingSince } as const;
  if (kind === 'failed') return failed;
  const timeouts = (health.timeouts ?? 0) + 1;
  if (timeouts < TIMEOUTS_TO_OPEN) return { ...failed, timeouts };
  return { ...failed, timeouts, openUntil: now + openFor(now - failingSince, times) };
}

/** The health as it was, for a try that came to nothing of the endpoint's own doing. */
export function unchanged({ slots: _, ...health }: Health): HealthChange {
  return health;
}

/**
 * Whether the breaker keeps a delivery waiting. What was tried before is tried again in its own time, and so
 * is a test event: these are the tries that find out whether the endpoint is back.
 */
export function isHeldBack(
  { tries, attempts, emailId }: Pick<Delivery, 'tries' | 'attempts' | 'emailId'>,
  { openUntil }: Health,
  now: number,
): boolean {
  const untried = tries === 0 && attempts.length === 0 && emailId !== null;
  return untried && openUntil !== undefined && now < openUntil;
}
