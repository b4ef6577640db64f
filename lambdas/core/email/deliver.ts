import type { SendMessage } from '../contract/messages.ts';
import { closedBecause, rateOf } from '../sending/gate.ts';
import { clockTime } from '../sending/pacing.ts';
import { randomId } from '../value/id.ts';
import type { Reason } from '../value/reason.ts';
import { done, retry, type Verdict } from '../value/verdict.ts';
import { rejectionOf } from './checks.ts';
import { type EmailDeliveryDeps, type EmailRun, gatePause } from './delivery.ts';
import { type Content, type Email, unansweredClaims } from './email.ts';
import { failEmail, reportFailure } from './give-up.ts';
import { recipientsOf } from './send-request.ts';
import { sendClaimed } from './settle.ts';

/** Claims without a known outcome after which a mail is not sent again. */
const MOST_UNANSWERED = 3;
/** How long before its turn a mail is claimed, so that the claim's own time does not delay the call. */
const CLAIM_LEAD = 100;
const LOOK_AGAIN = 100;

async function look(message: SendMessage, deps: EmailDeliveryDeps): Promise<Email | undefined> {
  const { account, id } = message;
  const found = await deps.emails.find(account, id);
  if (found) return found;
  await deps.sleep(LOOK_AGAIN);
  return await deps.emails.find(account, id);
}

/** No record: its accept is under way, or died before its commit. */
async function withoutRecord(message: SendMessage, deps: EmailDeliveryDeps): Promise<Verdict> {
  const now = deps.now();
  if (now - message.at < deps.times.recordGrace) {
    return retry(1000 + 1000 * deps.random(), 'record not there yet');
  }
  const abandoned = await deps.emails.abandon(message, now);
  return abandoned ? done('accept abandoned') : retry(0, 'record appeared');
}

/** What the record alone decides. Whoever failed the email may have died before it was reported. */
async function fromRecord(email: Email, deps: EmailDeliveryDeps): Promise<Verdict | undefined> {
  if (email.taken) return done('already sent');
  if (email.phase === 'failed') {
    await reportFailure(email, deps);
    return done('already failed');
  }
  const left = (email.leaseUntil ?? 0) - deps.now();
  return email.phase === 'sending' && left > 0
    ? retry(left, 'claimed by another delivery')
    : undefined;
}

/** Why the mail has run out of tries or time. */
function exhausted(email: Email, deps: EmailDeliveryDeps): Reason | undefined {
  const unanswered = unansweredClaims(email);
  if (unanswered >= MOST_UNANSWERED) {
    const message = `We handed the email to SES ${unanswered} times, and SES never answered. It may have been sent; an event from SES will then correct this status.`;
    return { code: 'outcome_unknown', message };
  }
  if (deps.now() < email.sendBy) return undefined;
  const last = email.deferred ? ` The last reason: ${email.deferred.message}` : '';
  const message = `The email could not be sent before its retries expired.${last}`;
  return { code: 'expired', message };
}

/** Fails the mail without a call, and says so where an earlier call may have gone through. */
async function fail(email: Email, reason: Reason, deps: EmailDeliveryDeps): Promise<Verdict> {
  const doubt = unansweredClaims(email) > 0 && reason.code !== 'outcome_unknown';
  const addition = doubt
    ? ' SES did not answer an earlier attempt, which may have sent the email.'
    : '';
  const failure = { code: reason.code, message: reason.message + addition };
  const failed = await failEmail(email, randomId(), failure, deps);
  return failed ? done(reason.code) : retry(1000, 'changed meanwhile');
}

/** Waits for the mail's turn; a verdict where that is too far away. */
async function turn(email: Email, run: EmailRun, deps: EmailDeliveryDeps) {
  if (email.environment === 'test') return { startAt: deps.now() };
  const duration = clockTime(recipientsOf(email).length, rateOf(run.gate));
  const now = deps.now();
  const reserved = await deps.clock.reserve({ now, duration, wait: deps.times.rateWait });
  if ('tryAt' in reserved) return retry(reserved.tryAt - deps.now(), 'waiting for its turn');
  const lead = reserved.startAt - CLAIM_LEAD - deps.now();
  if (lead > 0) await deps.sleep(lead);
  return reserved;
}

async function claimAndSend(
  email: Email,
  content: Content,
  startAt: number,
  run: EmailRun,
  deps: EmailDeliveryDeps,
): Promise<Verdict> {
  const { times } = deps;
  if (run.left() < times.sesTimeout + times.claimMargin) return retry(1000, 'too little time left');
  const owner = randomId();
  const now = deps.now();
  const claim = {
    owner,
    leaseUntil: now + times.lease,
    attempt: email.attempt + 1,
    unanswered: unansweredClaims(email),
  };
  if (!(await deps.emails.claim(email, claim, now))) return retry(1000, 'changed meanwhile');
  const early = startAt - deps.now();
  if (early > 0) await deps.sleep(early);
  return await sendClaimed(
    { email: { ...email, ...claim, phase: 'sending' }, content, owner },
    run,
    deps,
  );
}

/**
 * Brings one message's mail a step further; see `docs/architecture.md`, "Delivering". Every effect is
 * conditional on what was read, so that a second copy of the message does no harm.
 */
export async function deliverEmail(
  message: SendMessage,
  run: EmailRun,
  deps: EmailDeliveryDeps,
): Promise<Verdict> {
  const closed = message.environment === 'live' ? closedBecause(run.gate) : undefined;
  if (closed) return retry(gatePause(deps), `gate closed: ${closed.code}`);
  const email = await look(message, deps);
  if (!email) return await withoutRecord(message, deps);
  const decided = await fromRecord(email, deps);
  if (decided) return decided;
  const reason = exhausted(email, deps) ?? (await rejectionOf(email, deps));
  const content = reason ? undefined : await deps.contents.find(email);
  if (!content) {
    const missing = {
      code: 'content_missing',
      message: 'The content of the email has expired. Send a new email.',
    };
    return await fail(email, reason ?? missing, deps);
  }
  const reserved = await turn(email, run, deps);
  if ('kind' in reserved) return reserved;
  return await claimAndSend(email, content, reserved.startAt, run, deps);
}
