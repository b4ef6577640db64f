import { GAVE_UP } from '../contract/messages.ts';
import type { Reason } from '../value/reason.ts';
import type { Email } from './email.ts';
import type { EmailStore } from './email-store.ts';
import { mailOf } from './event-tags.ts';

/** What giving an email up touches. */
export type GiveUpDeps = {
  readonly emails: Pick<EmailStore, 'fail'>;
  /** Puts an event of SES's form onto record-event's queue. */
  readonly report: (event: object) => Promise<void>;
  readonly now: () => number;
};

/**
 * Tells record-event that the record says failed; it reads the record and makes the webhooks. To be done
 * before the email's message is, and again by whoever finds the email failed: a repetition is the same event.
 */
export async function reportFailure(email: Email, deps: Pick<GiveUpDeps, 'report'>): Promise<void> {
  await deps.report({ eventType: GAVE_UP, mail: mailOf(email, email.attempt) });
}

/** Fails the email permanently and reports it; false when the record has changed or SES had accepted the email. */
export async function failEmail(
  email: Email,
  owner: string,
  reason: Reason,
  deps: GiveUpDeps,
): Promise<boolean> {
  const at = new Date(deps.now()).toISOString();
  if (!(await deps.emails.fail(email, owner, reason, at))) return false;
  await reportFailure(email, deps);
  return true;
}
