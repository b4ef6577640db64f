import type { DeliveryRef } from './delivery.ts';

/** An entry of the due index: a delivery and when it is due (epoch milliseconds). */
export type Due = { readonly ref: DeliveryRef; readonly dueAt: number };

/** The due index, for the sweeper. */
export type DueStore = {
  /** The earliest of one shard (0 up to `TABLE.due.shards`) with `dueAt` up to `until`; a forecast. */
  list(shard: number, until: number, limit: number): Promise<Due[]>;
  /** Moves the due time on where it still is the one seen; false when somebody else has changed it. */
  postpone(due: Due, to: number): Promise<boolean>;
};
