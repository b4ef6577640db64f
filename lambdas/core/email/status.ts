import type { Email } from './email.ts';
import { recipientsOf } from './send-request.ts';

export const EMAIL_STATUSES = ['queued', 'sending', 'sent', 'delivered', 'failed'] as const;
export type EmailStatus = (typeof EMAIL_STATUSES)[number];

/** One recipient as callers see it. */
export type RecipientState = { readonly address: string; readonly status: EmailStatus };

/** What is known before SES has said anything. */
function ownStatus(email: Email): EmailStatus {
  const taken = email.taken || email.facts.length > 0;
  return taken ? 'sent' : email.phase;
}

/** Each recipient's state: its delivery where SES reported one, else the email's own progress. */
export function recipientStates(email: Email): RecipientState[] {
  const delivered = new Set(
    email.facts.filter((fact) => fact.type === 'delivered').map((fact) => fact.recipient),
  );
  return recipientsOf(email).map(({ address }, index) => ({
    address,
    status: delivered.has(index) ? 'delivered' : ownStatus(email),
  }));
}

/** The rule for the whole: an email is `delivered` when every recipient is; until then its own progress. */
export function statusOf(email: Email): EmailStatus {
  const states = recipientStates(email);
  return states.every((each) => each.status === 'delivered') ? 'delivered' : ownStatus(email);
}
