import { RESERVES } from '../contract/times.ts';
import { randomId } from '../value/id.ts';
import { SLOW } from './breaker.ts';
import type { WebhookDeliveryDeps, WebhookRun } from './delivering.ts';
import type { EndpointRef } from './endpoint.ts';
import { type Health, SLOTS_PER_ENDPOINT, type Slot } from './health.ts';

/** A slot that this invocation holds. */
export type TakenSlot = { readonly index: number; readonly owner: string };

/** Why a message has to wait for its endpoint, and until when (epoch milliseconds) at least. */
export type Crowded = { readonly roomAt: number; readonly spread: number; readonly note: string };

/** A slot held for longer, in milliseconds, is not given back in a moment. */
const YOUNG = 1000;
/** How far apart, in milliseconds, those come back who wait for a moment, for a lane, for a slow try. */
const SPREAD = { moment: 1000, lane: 2000, slow: 5000 };

function held({ slots }: Health, now: number): Slot[] {
  return slots.filter((slot): slot is Slot => slot !== undefined && now < slot.until);
}

function freeIndexes({ slots }: Health, now: number): number[] {
  const indexes = Array.from({ length: SLOTS_PER_ENDPOINT }, (_, index) => index);
  return indexes.filter((index) => now >= (slots[index]?.until ?? 0));
}

/** Whether an endpoint keeps to the invocations that have a lane. */
function needsLane(health: Health, now: number): boolean {
  return health.last !== 'succeeded' || held(health, now).some(({ since }) => now - since > SLOW);
}

/** What to expect where no slot is free: a moment's wait, or the end of the oldest try. */
function allTaken(health: Health, now: number, deadline: number): Crowded {
  const oldest = Math.min(...held(health, now).map(({ since }) => since));
  const moment = { roomAt: now + 1000, spread: SPREAD.moment, note: 'endpoint busy' };
  if (!(now - oldest > YOUNG)) return moment;
  const roomAt = Math.max(moment.roomAt, oldest + deadline);
  return { roomAt, spread: SPREAD.slow, note: 'endpoint slow' };
}

/**
 * The slots that this invocation may take. Without a lane an endpoint that was never tried has one, the
 * first: it must not wait behind others that hang, nor hold more than one invocation if it hangs itself.
 */
async function slotsFor(health: Health, run: WebhookRun, now: number): Promise<number[]> {
  const free = freeIndexes(health, now);
  if (!needsLane(health, now) || (await run.holdsLane())) return free;
  return health.last === undefined && free.length === SLOTS_PER_ENDPOINT ? free.slice(0, 1) : [];
}

async function takeOne(
  ref: EndpointRef,
  free: readonly number[],
  lease: number,
  deps: WebhookDeliveryDeps,
): Promise<TakenSlot | undefined> {
  const now = deps.now();
  const first = Math.floor(deps.random() * free.length);
  const owner = randomId();
  for (const index of [...free.slice(first), ...free.slice(0, first)]) {
    const slot = { owner, since: now, until: now + lease };
    if (await deps.health.takeSlot(ref, index, slot, now)) return { index, owner };
  }
  return undefined;
}

/**
 * Takes one of the endpoint's slots, so that only a few of its tries are under way; where its last try did
 * not succeed, only for an invocation that holds a lane.
 */
export async function admit(
  ref: EndpointRef,
  health: Health,
  run: WebhookRun,
  deps: WebhookDeliveryDeps,
): Promise<TakenSlot | Crowded> {
  const now = deps.now();
  const busy = () => allTaken(health, now, deps.times.webhookDeadline);
  if (freeIndexes(health, now).length === 0) return busy();
  const free = await slotsFor(health, run, now);
  if (free.length === 0) return { roomAt: now + 1000, spread: SPREAD.lane, note: 'no lane' };
  return (await takeOne(ref, free, run.left() + RESERVES.webhookLease, deps)) ?? busy();
}
