import { RESERVES } from '../contract/times.ts';
import { randomId } from '../value/id.ts';
import { done, retry, type Verdict } from '../value/verdict.ts';
import { admit, type Crowded, type TakenSlot } from './admission.ts';
import { isHeldBack, unchanged } from './breaker.ts';
import type { DeliveryState, WebhookDeliveryDeps, WebhookRun } from './delivering.ts';
import type { Delivery } from './delivery.ts';
import { deliveryOf, type EventMessage } from './message.ts';
import { isStored } from './schedule.ts';
import { recordAttempt, type Tried } from './settle.ts';
import { signingSecrets, webhookHeaders } from './signature.ts';

/** Signs a webhook with every secret that is current, posts it, and writes down what came of it. */
async function tryOnce(tried: Tried, deps: WebhookDeliveryDeps): Promise<Verdict> {
  const { endpoint, delivery } = tried;
  const current = signingSecrets(endpoint, deps.now());
  const secrets = await Promise.all(
    current.map(({ ciphertext }) => deps.vault.open(delivery, ciphertext)),
  );
  const now = deps.now();
  const headers = webhookHeaders(delivery, secrets, now);
  const result = await deps.egress.post(endpoint.url, headers, delivery.body);
  return await recordAttempt(tried, { ...result, at: new Date(now).toISOString() }, deps);
}

/** A message, and how often the queue has handed it out. */
export type Received = { readonly message: EventMessage; readonly receives: number };

/**
 * Receives after which a message that waits for room goes to the due index, which sends a new one: a queue
 * gives up on a message after 1,000.
 */
const MOST_RECEIVES = 50;
/** How much longer each receive makes the next wait, up to so many receives. */
const GROWTH = { factor: 1.1, receives: 25 };
type Pending = Omit<Delivery, 'mark'>;

/** Writes a delivery over what was seen; somebody else's write means another look. */
async function write(
  delivery: Pending,
  seen: DeliveryState,
  note: string,
  deps: WebhookDeliveryDeps,
) {
  const won = await deps.deliveries.put({ ...delivery, mark: randomId() }, seen.delivery?.mark);
  return won ? done(note) : retry(1000, 'changed meanwhile');
}

async function fail(
  delivery: Pending,
  seen: DeliveryState,
  reason: string,
  deps: WebhookDeliveryDeps,
) {
  const { nextAt: _, dueAt: __, ...kept } = delivery;
  deps.count('WebhooksFailed');
  return await write({ ...kept, status: 'failed', reason }, seen, 'failed without a try', deps);
}

/** Leaves a delivery to the sweeper, at about a time (epoch milliseconds). */
async function store(
  delivery: Pending,
  seen: DeliveryState,
  at: number,
  note: string,
  deps: WebhookDeliveryDeps,
) {
  const nextAt = Math.ceil(at);
  return await write({ ...delivery, nextAt, dueAt: nextAt }, seen, note, deps);
}

/**
 * A delivery whose time has not come: the due index will send another message, unless that one may be this
 * one, come up a little early.
 */
function early(delivery: Pending, deps: WebhookDeliveryDeps): Verdict | undefined {
  const wait = (delivery.nextAt ?? 0) - deps.now();
  if (wait <= 0) return undefined;
  const leave = isStored(delivery) && wait > deps.times.sweepAhead;
  return leave ? done('stored') : retry(wait, 'not due yet');
}

/** What the look alone decides; otherwise the delivery to try. */
async function decide(
  message: EventMessage,
  seen: DeliveryState,
  deps: WebhookDeliveryDeps,
): Promise<Verdict | Pending> {
  const now = deps.now();
  const delivery = seen.delivery ?? deliveryOf(message, now);
  if (!delivery) return done('no delivery');
  if (delivery.status !== 'pending') return done(`already ${delivery.status}`);
  const { endpoint, health } = seen;
  if (!endpoint) {
    if (!seen.delivery) return done('no endpoint');
    return await fail(delivery, seen, 'The endpoint was deleted.', deps);
  }
  if (endpoint.disabled) {
    const reason = `The endpoint is disabled. ${endpoint.disabled.reason}`;
    return await fail(delivery, seen, reason, deps);
  }
  const tooEarly = early(delivery, deps);
  if (tooEarly) return tooEarly;
  if (!isHeldBack(delivery, health, now)) return delivery;
  const at = (health.openUntil ?? now) + deps.times.sweepAhead * deps.random();
  return await store(delivery, seen, at, 'breaker open', deps);
}

/** Hides a message until its endpoint may have room; one that has waited for long goes to the due index. */
async function waitForRoom(
  { message, receives }: Received,
  { roomAt, spread, note }: Crowded,
  seen: DeliveryState | undefined,
  deps: WebhookDeliveryDeps,
): Promise<Verdict> {
  const growth = GROWTH.factor ** Math.min(receives, GROWTH.receives);
  const at = roomAt + spread * growth * deps.random();
  if (receives < MOST_RECEIVES) return retry(at - deps.now(), note);
  const now = seen ?? (await deps.look(message));
  const decided = await decide(message, now, deps);
  return 'kind' in decided ? decided : await store(decided, now, at, 'waited too often', deps);
}

/** Frees the slot of an attempt that did not happen; if that fails too, its lease expires. */
async function giveBackUnused(message: EventMessage, slot: TakenSlot, deps: WebhookDeliveryDeps) {
  try {
    const health = unchanged(await deps.health.find(message));
    await deps.health.giveBack(message, slot.index, slot.owner, health);
  } catch {
    // What made the try fail is thrown on; this is most likely the same.
  }
}

function remembered(message: EventMessage, deps: WebhookDeliveryDeps): Crowded | undefined {
  const roomAt = deps.crowd.roomAt(message);
  return roomAt === undefined
    ? undefined
    : { roomAt, spread: 1000, note: 'endpoint known as busy' };
}

async function inLine(
  received: Received,
  run: WebhookRun,
  deps: WebhookDeliveryDeps,
): Promise<Verdict> {
  const { message } = received;
  const seen = await deps.look(message);
  const decided = await decide(message, seen, deps);
  if ('kind' in decided) return decided;
  const { endpoint } = seen;
  if (!endpoint) return done('no endpoint');
  if (run.left() < deps.times.webhookDeadline + RESERVES.webhookWrites)
    return retry(1000, 'too little time left');
  const slot = await admit(message, seen.health, run, deps);
  if ('note' in slot) {
    deps.crowd.note(message, slot.roomAt);
    return await waitForRoom(received, slot, seen, deps);
  }
  const tried = { endpoint, delivery: decided, seen: seen.delivery?.mark, slot };
  try {
    return await tryOnce(tried, deps);
  } catch (error) {
    await giveBackUnused(message, slot, deps);
    throw error;
  }
}

/**
 * Brings one message's webhook a step further; see `docs/architecture.md`, "Webhooks". A second copy of a
 * message does no harm: what it writes is conditional on what it has read.
 */
export async function deliverWebhook(
  received: Received,
  run: WebhookRun,
  deps: WebhookDeliveryDeps,
): Promise<Verdict> {
  const { message } = received;
  const known = remembered(message, deps);
  if (known) return await waitForRoom(received, known, undefined, deps);
  if (!(await deps.line.enter(message))) {
    const here = { roomAt: deps.now() + 1000, spread: 1000, note: 'endpoint busy here' };
    deps.crowd.note(message, here.roomAt);
    return await waitForRoom(received, here, undefined, deps);
  }
  try {
    const meanwhile = remembered(message, deps);
    if (meanwhile) return await waitForRoom(received, meanwhile, undefined, deps);
    return await inLine(received, run, deps);
  } finally {
    deps.line.leave(message);
  }
}
