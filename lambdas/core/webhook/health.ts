import type { EndpointRef } from './endpoint.ts';

/** A try that is under way: whose, since when and until when at most (epoch milliseconds). */
export type Slot = { readonly owner: string; readonly since: number; readonly until: number };

/** The recent outcomes of an endpoint; an absent key means "never". Small, because each attempt writes it. */
export type Health = {
  /** How its last finished try went; `slow`: it succeeded, but held its slot for more than two seconds. */
  readonly last?: 'succeeded' | 'slow' | 'failed';
  /** Time-outs in a row. */
  readonly timeouts?: number;
  /** Since when it only failed, epoch milliseconds. */
  readonly failingSince?: number;
  /** Until when new events go straight to the due index, epoch milliseconds. */
  readonly openUntil?: number;
  /** Index → what is under way. */
  readonly slots: readonly (Slot | undefined)[];
};

/** What a finished try leaves of an endpoint's health. */
export type HealthChange = Omit<Health, 'slots'>;

/** Tries of one endpoint that may be under way at once. */
export const SLOTS_PER_ENDPOINT = 3;

/** Where the health of endpoints is kept. */
export type HealthStore = {
  /** Consistent read; the health of an endpoint that was never tried is empty. */
  find(ref: EndpointRef): Promise<Health>;
  /** Takes a free or lapsed slot; false when another took it meanwhile. */
  takeSlot(ref: EndpointRef, index: number, slot: Slot, now: number): Promise<boolean>;
  /** Gives the slot back if it is still its owner's, and writes what the try has shown in the same write. */
  giveBack(ref: EndpointRef, index: number, owner: string, change: HealthChange): Promise<void>;
};

/**
 * Lanes are invocations that may work on endpoints whose last try did not succeed: fewer than all, so that
 * the rest of the concurrency is never held by them.
 */
export type LaneStore = {
  /** Takes one of `count` lanes until a time (epoch milliseconds); its index, or undefined when all are taken. */
  take(count: number, slot: Slot, now: number): Promise<number | undefined>;
  giveBack(index: number, owner: string): Promise<void>;
};
