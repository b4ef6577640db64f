/**
 * The share of SES's rate that the virtual clock runs at. Calls arrive with jitter; a clock at the full
 * rate lets a late call and its punctual successors meet in one second. Measured, see
 * `docs/adr/0004-pace-below-the-rate.md`.
 */
const PACE = 0.94;

/** When a mail may go, or when to ask again (epoch milliseconds). */
export type Reservation = { readonly startAt: number } | { readonly tryAt: number };

/** The virtual clock that all deliverers share: the time at which the next recipient may go. */
export type PacingClock = {
  /**
   * Takes the next `duration` milliseconds of the clock, if they begin within `wait` of `now`.
   * All times in epoch milliseconds.
   */
  reserve(request: { now: number; duration: number; wait: number }): Promise<Reservation>;
};

/** How long a mail occupies the clock, in milliseconds. */
export function clockTime(recipients: number, rate: number): number {
  return Math.ceil((recipients * 1000) / (rate * PACE));
}
