import { RESERVES } from '../contract/times.ts';
import { randomId } from '../value/id.ts';
import type { LaneStore } from './health.ts';

/** One invocation's lane: taken when it is first needed, held to the end. */
export type Lane = {
  /** Whether the invocation has a lane, or gets one now. */
  hold(): Promise<boolean>;
  /** Gives it back, if there is one. */
  giveBack(): Promise<void>;
};

/** What a lane needs. */
export type LaneDeps = {
  readonly lanes: LaneStore;
  /** How many there are. */
  readonly laneCount: number;
  readonly now: () => number;
};

/**
 * A lane for an invocation; its lease outlives it.
 *
 * @param left the time left of the invocation, milliseconds
 */
export function openLane({ lanes, laneCount, now }: LaneDeps, left: () => number): Lane {
  const owner = randomId();
  let asked: Promise<number | undefined> | undefined;
  const take = () => {
    const since = now();
    return lanes.take(
      laneCount,
      { owner, since, until: since + left() + RESERVES.webhookLease },
      since,
    );
  };
  return {
    async hold() {
      asked ??= take();
      return (await asked) !== undefined;
    },
    async giveBack() {
      const index = await asked?.catch(() => undefined);
      if (index !== undefined) await lanes.giveBack(index, owner);
    },
  };
}
