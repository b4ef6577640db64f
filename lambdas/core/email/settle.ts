import { rateOf } from '../sending/gate.ts';
import { clockTime } from '../sending/pacing.ts';
import type { Reason } from '../value/reason.ts';
import { backOff, done, retry, type Verdict } from '../value/verdict.ts';
import { type EmailDeliveryDeps, type EmailRun, gatePause } from './delivery.ts';
import type { Content, Email } from './email.ts';
import { failEmail } from './give-up.ts';
import type { SendOutcome } from './mail-sender.ts';

/** A mail that this invocation has claimed. */
export type Claimed = { readonly email: Email; readonly content: Content; readonly owner: string };

/** Part of a pause that jitter adds at most. */
const JITTER = 0.2;

/**
 * One call; a throttled one is made once more half a recipient's time later, because SES counts only what
 * it took: the mail's place on the clock is still free.
 */
async function call(
  claimed: Claimed,
  run: EmailRun,
  deps: EmailDeliveryDeps,
): Promise<SendOutcome> {
  const { email, content } = claimed;
  const sender = deps.senders[email.environment];
  const first = await sender.send(email, content, email.attempt);
  const { times } = deps;
  const enough = run.left() >= times.sesTimeout + times.claimMargin;
  if (first.kind !== 'deferred' || first.scope !== 'rate' || !enough) return first;
  await deps.sleep(clockTime(1, rateOf(run.gate)) / 2);
  return await sender.send(email, content, email.attempt);
}

/** In the sandbox a rejection is nearly always about an address that SES does not know. */
function explained(reason: Reason, run: EmailRun): Reason {
  if (!run.gate.account?.sandbox || reason.code !== 'MessageRejected') return reason;
  const message = `Amazon SES is still in its sandbox and sends to verified addresses only. SES said: ${reason.message} Verify that address in SES, or request production access from AWS.`;
  return { code: 'sandbox', message };
}

/** Sends a claimed mail and writes down what SES answered. */
export async function sendClaimed(
  claimed: Claimed,
  run: EmailRun,
  deps: EmailDeliveryDeps,
): Promise<Verdict> {
  const { email, owner } = claimed;
  const outcome = await call(claimed, run, deps);
  const now = deps.now();
  const at = new Date(now).toISOString();
  switch (outcome.kind) {
    case 'accepted':
      await deps.emails.markTaken(email, at);
      return done('sent');
    case 'refused': {
      const reason = explained(outcome.reason, run);
      await failEmail(email, owner, reason, deps);
      return done(reason.code);
    }
    case 'deferred': {
      const wide = outcome.scope === 'account';
      if (wide) await deps.gate.close({ ...outcome.reason, at: now });
      await deps.emails.release(email, owner, outcome.reason, at);
      const pause = backOff(email.attempt, deps.times) * (1 + JITTER * deps.random());
      return retry(wide ? gatePause(deps) : pause, outcome.reason.code);
    }
    case 'unknown': {
      const after = (email.leaseUntil ?? now) - now;
      return retry(after, `outcome unknown: ${outcome.reason.code}`);
    }
  }
}
