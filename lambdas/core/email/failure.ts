import type { Reason } from '../value/reason.ts';
import type { Email } from './email.ts';
import { kindOf } from './events/kinds.ts';
import { encodeFact } from './fact.ts';
import { recipientStates } from './status.ts';

/** Why we gave the email up, and when (ISO 8601); undefined when we did not, or SES had it after all. */
export function givenUp(email: Email): (Reason & { readonly at: string }) | undefined {
  return email.taken || email.phase !== 'failed' ? undefined : email.failure;
}

/** Why an email failed for any of its recipients; null when it did not. */
export function failureOf(email: Email): Reason | null {
  if (!recipientStates(email).some(({ status }) => status === 'failed')) return null;
  const [reported] = email.facts
    .toSorted((a, b) => (encodeFact(a) < encodeFact(b) ? -1 : 1))
    .flatMap((fact) => kindOf(fact.type).failure?.(fact) ?? []);
  if (reported) return reported;
  const failure = givenUp(email);
  return failure ? { code: failure.code, message: failure.message } : null;
}
