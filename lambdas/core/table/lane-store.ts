import type { LaneStore, Slot } from '../webhook/health.ts';
import { getItem } from './items.ts';
import { keys } from './keys.ts';
import { giveSlotBack, takeSlotAt } from './slots.ts';
import type { Table } from './table.ts';

const laneAt = (index: number) => ({ key: keys.lanes(), name: `lane${index}` });

/** The lanes on the table: one item for the whole system. */
export function laneStore(table: Table): LaneStore {
  return {
    async take(count, slot, now) {
      const item = await getItem(table, keys.lanes());
      for (let index = 0; index < count; index += 1) {
        const lane = laneAt(index);
        const held = item?.[lane.name] as Slot | undefined;
        const free = !held || held.until <= now;
        if (free && (await takeSlotAt(table, lane, { slot, now }))) return index;
      }
      return undefined;
    },
    async giveBack(index, owner) {
      await giveSlotBack(table, laneAt(index), owner);
    },
  };
}
