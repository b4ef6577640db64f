import { TABLE } from '../../../lambdas/core/contract/table.ts';
import { times } from '../../../lambdas/core/contract/times.ts';
import type { Engines, Item } from './engines.ts';
import type { Invoke } from './pool.ts';
import type { VirtualTime } from './virtual-time.ts';

const MINUTE = 60_000;

/** When the sweeper, which comes each minute, finds something; undefined while nothing is due at all. */
function nextFind(items: readonly Item[], now: number): number | undefined {
  const { partitionKey, sortKey } = TABLE.due;
  const due = items
    .filter((item) => /^due#\d+$/.test(String(item[partitionKey] ?? '')))
    .map((item) => Number(item[sortKey]));
  if (due.length === 0) return undefined;
  const from = Math.max(now + 1, Math.min(...due) - times(1).sweepAhead);
  return Math.ceil(from / MINUTE) * MINUTE;
}

/** The schedule of `sweep-due`; minutes in which it would find nothing, and so do nothing, are left out. */
export function createSweeper(engines: Engines, time: VirtualTime, invoke: Invoke) {
  let at: number | undefined;
  let busy = false;
  return {
    /** True when its time had come. */
    begin(): boolean {
      if (busy || at === undefined || time.now() < at) return false;
      busy = true;
      at = undefined;
      void invoke('sweep-due', {}).then(() => {
        busy = false;
      });
      return true;
    },
    /**
     * When it comes next, if that is before anything else.
     *
     * @param soonest when something else happens
     */
    async next(soonest: number): Promise<number> {
      // Looking at the whole table costs time; sooner than a minute no sweep can come.
      if (soonest - time.now() >= MINUTE) at = nextFind(await engines.items(), time.now());
      return at ?? Number.POSITIVE_INFINITY;
    },
  };
}
