import type { Times } from '../contract/times.ts';
import type { Delivery } from './delivery.ts';

/** The largest part of a step that is added at random (docs/api.md, "Delivering": up to 20 %). */
const LENGTHENED = 0.2;

/** What the schedule looks at after a failed try. */
export type FailedTry = {
  /** Tries since the schedule began, this one included. */
  readonly tries: number;
  /** When it failed, epoch milliseconds. */
  readonly now: number;
  /** The answer's `Retry-After`, epoch milliseconds. */
  readonly retryAt?: number | undefined;
};

/**
 * When the next try is due, epoch milliseconds; undefined after the last. `Retry-After` can only make the
 * wait longer than its step, and at most as long as the longest step (24 h): a server may ask for patience,
 * neither for more tries nor to be remembered for ever.
 *
 * @param steps the pauses after the first, second, … failed try, milliseconds
 * @param random a random number from 0 to 1
 */
export function nextTry(
  { tries, now, retryAt }: FailedTry,
  steps: readonly number[],
  random: () => number,
): number | undefined {
  const step = steps[tries - 1];
  if (step === undefined) return undefined;
  const planned = now + Math.floor(step * (1 + LENGTHENED * random()));
  return Math.max(planned, Math.min(retryAt ?? 0, now + Math.max(...steps)));
}

/** Where a pending delivery waits. */
export type Wait = Pick<Delivery, 'nextAt' | 'dueAt'> & { readonly nextAt: number };

/**
 * Short waits are the message's own; the sweeper keeps away from one that is in its index already until the
 * message has surely come up. Longer ones are the due index's.
 */
export function waitUntil(
  nextAt: number,
  inIndex: boolean,
  { webhookLongestHide, dueLease }: Times,
  now: number,
): Wait {
  if (nextAt - now > webhookLongestHide) return { nextAt, dueAt: nextAt };
  return inIndex ? { nextAt, dueAt: nextAt + dueLease } : { nextAt };
}

/** Whether the due index alone carries a wait, so that its message is done. */
export function isStored({ nextAt, dueAt }: Pick<Delivery, 'nextAt' | 'dueAt'>): boolean {
  return dueAt !== undefined && dueAt === nextAt;
}
