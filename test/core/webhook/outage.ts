import { expect } from '@jest/globals';
import type { Delivery } from '../../../lambdas/core/webhook/delivery.ts';
import type { Endpoint } from '../../../lambdas/core/webhook/endpoint.ts';
import { NOW } from '../../contracts/webhooks.ts';
import { anAddress, SERVER, STEPS, type Stores, world } from './fake-world.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** How long the receiver is down. */
export const OUTAGE = 74 * HOUR;
/** The schedule of an event from the first moment is over by then: 1.2 × all steps, and an hour. */
const END = NOW + 1.2 * STEPS.reduce((sum, step) => sum + step, 0) + OUTAGE + HOUR;

/** The servers that a receiver can be while it is down. */
export type Down = Exclude<keyof typeof SERVER, 'ok'>;

/** What an outage is run with. */
export type OutageOptions = {
  readonly stores: Stores;
  readonly addEndpoint: (endpoint: Endpoint) => Promise<void> | void;
  readonly down: Down;
  readonly seed: number;
  readonly events: number;
  /** How many of them come at the first moment. */
  readonly atOnce: number;
};

/** Every dueAt that was written, so that a sweep that would find nothing can be left out. */
function watched(stores: Stores) {
  const dueTimes = new Map<string, number>();
  const put = async (delivery: Delivery, seen: string | undefined) => {
    const won = await stores.deliveries.put(delivery, seen);
    if (won && delivery.dueAt !== undefined) dueTimes.set(delivery.id, delivery.dueAt);
    if (won && delivery.dueAt === undefined) dueTimes.delete(delivery.id);
    return won;
  };
  const postpone: Stores['due']['postpone'] = async (due, to) => {
    const moved = await stores.due.postpone(due, to);
    if (moved) dueTimes.set(due.ref.id, to);
    return moved;
  };
  return {
    stores: { ...stores, deliveries: { put }, due: { ...stores.due, postpone } },
    dueBy: (time: number) => [...dueTimes.values()].some((due) => due <= time),
  };
}

/** Runs a receiver's outage of 74 hours on a virtual clock: events before, during and after it. */
export async function outage(options: OutageOptions) {
  const { stores, addEndpoint, down, seed, events, atOnce } = options;
  const endpoint = anAddress('down');
  await addEndpoint(endpoint);
  const watch = watched(stores);
  const serve = (_: string, now: number) => (now < NOW + OUTAGE ? SERVER[down] : SERVER.ok);
  const run = world({ stores: watch.stores, serve, seed });
  run.sweeps.needed = () => watch.dueBy(run.clock.now() + MINUTE);
  const sent = Array.from({ length: events }, (_, index) => {
    const spread = index < atOnce ? 0 : run.random() * (OUTAGE + 2 * HOUR);
    return run.send(endpoint, Math.floor(NOW + spread));
  });
  await run.clock.runUntil(END);
  return { ...run, sent, endpoint };
}

/** Checks each event's attempts against the schedule of docs/api.md; the number of tries in all. */
export function checkSchedule({ sent, posts, queue }: Awaited<ReturnType<typeof outage>>): number {
  for (const { id, event } of sent) {
    const tries = posts.filter((post) => post.id === id);
    expect(tries.at(-1)?.status).toBe(200);
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(tries.length).toBeLessThanOrEqual(STEPS.length + 1);
    expect(new Set(tries.map(({ body }) => body))).toEqual(new Set([event.body]));
    tries.slice(1).forEach(({ start }, index) => {
      const pause = start - (tries[index]?.end ?? 0);
      const step = STEPS[index] ?? 0;
      expect(pause).toBeGreaterThanOrEqual(step);
      expect(pause).toBeLessThanOrEqual(1.2 * step + MINUTE);
    });
  }
  expect(queue.messages.size).toBe(0);
  return posts.length;
}
