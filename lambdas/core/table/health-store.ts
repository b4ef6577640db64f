import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { EndpointRef } from '../webhook/endpoint.ts';
import {
  type Health,
  type HealthChange,
  type HealthStore,
  SLOTS_PER_ENDPOINT,
  type Slot,
} from '../webhook/health.ts';
import { conditionalUpdate } from './conditional.ts';
import { getItem, type Item } from './items.ts';
import { keys } from './keys.ts';
import { giveSlotBack, takeSlotAt } from './slots.ts';
import { expiresAt, ifConditionHolds, type Table } from './table.ts';

/**
 * Health goes when an endpoint was not tried for so long: well above the longest step between two tries, a
 * day, and what a try that outlived its endpoint wrote does not stay for ever.
 */
const HEALTH_DAYS = 30;

const slotAt = (ref: EndpointRef, index: number) => ({
  key: keys.health(ref),
  name: `slot${index}`,
});

/** A change with all of its keys, so that what it lacks is removed. */
function wholeChange({ last, timeouts, failingSince, openUntil }: HealthChange): Item {
  return { last, timeouts, failingSince, openUntil };
}

/** The health of an item; empty where there is none. */
export function toHealth(item: Item | undefined): Health {
  const known = Object.entries(wholeChange((item ?? {}) as HealthChange));
  const slots = Array.from({ length: SLOTS_PER_ENDPOINT }, (_, i) => item?.[`slot${i}`]);
  return {
    ...Object.fromEntries(known.filter(([, value]) => value !== undefined)),
    slots: slots as (Slot | undefined)[],
  };
}

/** Writes what a try has shown where there is health; slots stay as they are. */
export async function changeHealth(
  table: Table,
  ref: EndpointRef,
  change: HealthChange,
): Promise<void> {
  const write = new UpdateCommand({
    TableName: table.name,
    Key: keys.health(ref),
    ...conditionalUpdate(wholeChange(change), { expression: 'attribute_exists(pk)' }),
  });
  await ifConditionHolds(table.client.send(write));
}

/** The health of endpoints on the table, beside their deliveries: one small item each. */
export function healthStore(table: Table): HealthStore {
  return {
    async find(ref) {
      return toHealth(await getItem(table, keys.health(ref)));
    },
    takeSlot(ref, index, slot, now) {
      const also = { ttl: expiresAt(now, HEALTH_DAYS) };
      return takeSlotAt(table, slotAt(ref, index), { slot, now, also });
    },
    async giveBack(ref, index, owner, change) {
      const changes = wholeChange(change);
      if (await giveSlotBack(table, slotAt(ref, index), owner, changes)) return;
      // The slot lapsed and may be another's by now; what the try has shown is true all the same.
      await changeHealth(table, ref, change);
    },
  };
}
