import type { Suppression } from '../suppression/suppression.ts';
import type { Environment } from '../value/environment.ts';
import { addressesOf } from './feedback.ts';
import { emailOf, type SesEvent } from './ses-event.ts';

/** Bounces by which SES says that an address is on its own list, not that delivery was attempted. */
const LISTED_BY_SES: ReadonlySet<string> = new Set(['Suppressed', 'OnAccountSuppressionList']);
/** SES's global list forgets an address after 14 days at most. */
const LISTED_FOR = 14 * 24 * 60 * 60 * 1000;
/** SES's mailbox simulator: its addresses bounce and complain on demand. */
const SIMULATOR = '@simulator.amazonses.com';

type Cause = Pick<Suppression, 'reason' | 'detail' | 'expiresAt'>;

function causeOf(event: SesEvent, suspects: number, at: string): Cause | undefined {
  if (event.eventType === 'Bounce' && event.bounce.bounceType === 'Permanent') {
    const detail = event.bounce.bounceSubType ?? null;
    const listed = detail !== null && LISTED_BY_SES.has(detail);
    const expiresAt = listed ? new Date(Date.parse(at) + LISTED_FOR).toISOString() : null;
    return { reason: 'bounced', detail, expiresAt };
  }
  if (event.eventType !== 'Complaint') return undefined;
  const { complaintSubType, complaintFeedbackType } = event.complaint;
  const single = complaintSubType ?? complaintFeedbackType ?? null;
  const detail = suspects > 1 ? `one of ${suspects} recipients SES named` : single;
  return { reason: 'complained', detail, expiresAt: null };
}

/**
 * Whom the account does not write to any more after this event: each address that a permanent bounce or a
 * complaint names, whether the email has it or not. Never for test mail, never a simulator's address.
 *
 * @param at when it happened, ISO 8601
 */
export function suppressionsOf(
  event: SesEvent,
  environment: Environment,
  at: string,
): Suppression[] {
  const addresses = addressesOf(event);
  const cause = causeOf(event, addresses.length, at);
  if (!cause || environment === 'test') return [];
  const { id: emailId } = emailOf(event);
  return addresses
    .filter((address) => !address.endsWith(SIMULATOR))
    .map((address) => ({ address, ...cause, emailId, createdAt: at }));
}
