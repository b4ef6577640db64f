import { randomId } from '../value/id.ts';
import { done, retry, type Verdict } from '../value/verdict.ts';
import type { TakenSlot } from './admission.ts';
import { afterTry, type TryOutcome } from './breaker.ts';
import type { WebhookDeliveryDeps } from './delivering.ts';
import { type Attempt, type Delivery, KEPT_ATTEMPTS } from './delivery.ts';
import type { Endpoint } from './endpoint.ts';
import { endpointWords } from './endpoint.ts';
import type { HealthChange } from './health.ts';
import type { PostResult } from './ports.ts';
import { isStored, nextTry, waitUntil } from './schedule.ts';

/** A delivery that is being tried. */
export type Tried = {
  readonly endpoint: Endpoint;
  readonly delivery: Omit<Delivery, 'mark'>;
  /** The mark of the item as it was seen; undefined where there was none. */
  readonly seen: string | undefined;
  readonly slot: TakenSlot;
};

/** What a try came to, and when it began (ISO 8601). */
export type TryResult = PostResult & Pick<Attempt, 'at'>;

/** The status by which a server asks for no more webhooks (docs/api.md, "Delivering"). */
const GONE = 410;

/** What went wrong, for people; null after a success. */
function errorOf({ status, error }: PostResult): string | null {
  if (error !== null || status === null) return error ?? 'The server did not answer.';
  if (status >= 200 && status < 300) return null;
  if (status === GONE)
    return 'The server answered 410, which means that it wants no more webhooks.';
  const redirect = status >= 300 && status < 400 ? '; redirects are not followed' : '';
  return `The server answered ${status}${redirect}.`;
}

function attemptOf(result: TryResult): Attempt {
  const { at, durationMs, status, answer } = result;
  const error = errorOf(result);
  return { at, durationMs, status, error, answer };
}

function kindOf({ error }: Attempt, { timedOut }: TryResult): TryOutcome['kind'] {
  if (error === null) return 'succeeded';
  return timedOut ? 'timedOut' : 'failed';
}

/** Why the endpoint gets no more webhooks, for people; undefined where it goes on. */
function whyDisabled(
  { status }: Attempt,
  { failingSince }: HealthChange,
  now: number,
  deps: WebhookDeliveryDeps,
): string | undefined {
  if (status === GONE) {
    return 'The server answered 410, which means that it wants no more webhooks. Re-enable the endpoint when the server accepts webhooks again.';
  }
  if (failingSince === undefined || now - failingSince < deps.times.webhookGiveUp) return undefined;
  const since = new Date(failingSince).toISOString();
  return `No webhook has succeeded since ${since}. Fix the server, then re-enable the endpoint.`;
}

/** The delivery after a try: ended, or pending until its next step. */
function advance(
  { delivery }: Tried,
  attempt: Attempt,
  disabled: string | undefined,
  retryAt: number | undefined,
  deps: WebhookDeliveryDeps,
): Delivery {
  const { nextAt: _, dueAt, reason: __, ...kept } = delivery;
  const tries = delivery.tries + 1;
  const attempts = [...delivery.attempts, attempt].slice(-KEPT_ATTEMPTS);
  const tried = { ...kept, tries, attempts, mark: randomId() };
  if (attempt.error === null) return { ...tried, status: 'succeeded' };
  if (disabled) {
    return { ...tried, status: 'failed', reason: `The endpoint was disabled. ${disabled}` };
  }
  const now = deps.now();
  const nextAt = nextTry({ tries, now, retryAt }, deps.steps, deps.random);
  if (nextAt !== undefined) {
    return { ...tried, ...waitUntil(nextAt, dueAt !== undefined, deps.times, now) };
  }
  const reason = `All ${tries} attempts failed. The last error: ${attempt.error}`;
  return { ...tried, status: 'failed', reason };
}

function verdictOn(delivery: Delivery, now: number): Verdict {
  const { status, nextAt = now } = delivery;
  if (status !== 'pending') return done(status);
  return isStored(delivery)
    ? done('failed, stored for later')
    : retry(nextAt - now, 'failed for now');
}

/**
 * Disables the endpoint and has its owner told. If several attempts do so at once, one reason and one notice remain.
 * A function that dies in between leaves the banner and no mail.
 */
async function disable(endpoint: Endpoint, reason: string, now: number, deps: WebhookDeliveryDeps) {
  const { account, id } = endpoint;
  const at = new Date(now).toISOString();
  const stands = await deps.endpoints.disable({ account, endpoint: id }, { reason, at });
  if (stands?.at !== at || stands.reason !== reason) return;
  deps.count('EndpointsDisabled');
  await deps.notices.put({
    account,
    kind: 'endpoint_disabled',
    about: id,
    occurrence: at,
    message: endpointWords(endpoint, reason),
    at: now,
  });
}

async function writeDown(
  tried: Tried,
  result: TryResult,
  deps: WebhookDeliveryDeps,
): Promise<Verdict> {
  const { endpoint, delivery, slot, seen } = tried;
  const attempt = attemptOf(result);
  const { durationMs } = attempt;
  const kind = kindOf(attempt, result);
  // Read again: other attempts at the endpoint have ended while this one was under way.
  const health = kind === 'succeeded' ? { slots: [] } : await deps.health.find(delivery);
  const now = deps.now();
  const change = afterTry(health, { kind, durationMs }, now, deps.times);
  const disabled = whyDisabled(attempt, change, now, deps);
  if (disabled) await disable(endpoint, disabled, now, deps);
  const after = advance(tried, attempt, disabled, result.retryAt, deps);
  const won = await deps.deliveries.put(after, seen);
  await deps.health.giveBack(delivery, slot.index, slot.owner, change);
  if (after.status === 'failed') deps.count('WebhooksFailed');
  if (change.last === 'succeeded') deps.crowd.forget(delivery);
  return won ? verdictOn(after, deps.now()) : retry(1000, `${kind}, but changed meanwhile`);
}

/**
 * Writes down what a try came to: the endpoint where that disables it, the delivery, and last the endpoint's
 * health together with the slot. One after the other for each endpoint, so that no time-out goes uncounted.
 */
export async function recordAttempt(
  tried: Tried,
  result: TryResult,
  deps: WebhookDeliveryDeps,
): Promise<Verdict> {
  const { status, durationMs } = result;
  const verdict = await deps.line.inTurn(tried.delivery, () => writeDown(tried, result, deps));
  return { ...verdict, fields: { status, durationMs } };
}
