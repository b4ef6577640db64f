import type { WebhookMessage } from '../contract/messages.ts';
import { TABLE } from '../contract/table.ts';
import { RESERVES, type Times } from '../contract/times.ts';
import type { Due, DueStore } from './due.ts';
import type { WebhookQueue } from './ports.ts';

/** What sweeping touches. */
export type SweepDeps = {
  readonly due: DueStore;
  readonly queue: WebhookQueue;
  readonly times: Pick<Times, 'sweepAhead' | 'dueLease'>;
  readonly now: () => number;
};

/** What a sweep did; `rest`: whether time ended before the work did. */
export type Swept = { readonly sent: number; readonly lost: number; readonly rest: boolean };

/** Entries that are worked on at once. */
const PAGE = 100;
/** SQS's longest delay, in seconds. */
const LONGEST_DELAY = 900;

function toSend({ ref, dueAt }: Due, now: number) {
  const { account, endpoint, id } = ref;
  const message: WebhookMessage = { account, endpoint, id };
  const seconds = Math.ceil((dueAt - now) / 1000);
  return { message, delaySeconds: Math.min(LONGEST_DELAY, Math.max(0, seconds)) };
}

const nameOf = ({ ref, dueAt }: Due) => `${ref.account}/${ref.endpoint}/${ref.id}/${dueAt}`;

/**
 * Sends the messages first: a crash between the two steps costs a second copy, never a delivery. How many
 * entries somebody else has changed meanwhile.
 */
async function hand(entries: readonly Due[], { due, queue, times, now }: SweepDeps) {
  const at = now();
  await queue.send(entries.map((entry) => toSend(entry, at)));
  const moved = await Promise.all(
    entries.map((entry) => due.postpone(entry, Math.max(entry.dueAt, at) + times.dueLease)),
  );
  return moved.filter((mine) => !mine).length;
}

async function sweepShard(shard: number, left: () => number, deps: SweepDeps): Promise<Swept> {
  const until = deps.now() + deps.times.sweepAhead;
  const seen = new Set<string>();
  let lost = 0;
  while (left() > RESERVES.sweep) {
    const page = await deps.due.list(shard, until, PAGE);
    // The index lags behind the table: what was just moved on may still be listed.
    const fresh = page.filter((entry) => !seen.has(nameOf(entry)));
    if (fresh.length === 0) return { sent: seen.size, lost, rest: false };
    lost += await hand(fresh, deps);
    for (const entry of fresh) seen.add(nameOf(entry));
    if (page.length < PAGE) return { sent: seen.size, lost, rest: false };
  }
  return { sent: seen.size, lost, rest: true };
}

/**
 * Sends a message for all that is due before the next sweep, and moves its due time on, so that it is sent
 * again if the message should come to nothing.
 *
 * @param left the time left, milliseconds
 */
export async function sweep(deps: SweepDeps, left: () => number): Promise<Swept> {
  const shards = Array.from({ length: TABLE.due.shards }, (_, shard) => shard);
  const swept = await Promise.all(shards.map((shard) => sweepShard(shard, left, deps)));
  return swept.reduce((all, one) => ({
    sent: all.sent + one.sent,
    lost: all.lost + one.lost,
    rest: all.rest || one.rest,
  }));
}
