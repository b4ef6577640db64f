import type { Reason } from '../value/reason.ts';
import type { Email, Fact } from './email.ts';
import { encodeFact } from './fact.ts';
import { recipientStates } from './status.ts';

type Rejected = Extract<Fact, { type: 'rejected' }>;

/** Why SES did not send what it had taken. */
export function rejectionReason({ reason }: Pick<Rejected, 'reason'>): Reason {
  return {
    code: 'rejected',
    message: `Amazon SES took the mail and then did not send it: ${reason}`,
  };
}

/** Why we gave the email up, and when (ISO 8601); undefined when we did not, or SES had it after all. */
export function givenUp(email: Email): (Reason & { readonly at: string }) | undefined {
  return email.taken || email.phase !== 'failed' ? undefined : email.failure;
}

/** Why an email failed for any of its recipients; null when it did not. */
export function failureOf(email: Email): Reason | null {
  if (!recipientStates(email).some(({ status }) => status === 'failed')) return null;
  const [rejected] = email.facts
    .filter((fact): fact is Fact & Rejected => fact.type === 'rejected')
    .sort((a, b) => (encodeFact(a) < encodeFact(b) ? -1 : 1));
  if (rejected) return rejectionReason(rejected);
  const failure = givenUp(email);
  return failure ? { code: failure.code, message: failure.message } : null;
}
