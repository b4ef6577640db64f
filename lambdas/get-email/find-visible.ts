import type { Email } from '../core/email/email.ts';
import type { EmailStore } from '../core/email/email-store.ts';
import { type Caller, onlyDomain, seesMailOf } from '../core/http/caller.ts';
import type { ApiRequest } from '../core/http/input.ts';
import { mailboxOf } from '../core/value/address.ts';
import type { routes } from './route.ts';

/** A key sees its environment, and if it is bound to a domain that domain's mail only. */
export function isVisible(email: Email, caller: Caller): boolean {
  const domain = onlyDomain(caller);
  const ofDomain = domain === undefined || mailboxOf(email.from).domain === domain;
  return seesMailOf(caller, email.environment) && ofDomain;
}

/**
 * The email of the path's id.
 *
 * @throws Refusal `Not found` where the caller may not see it, the same as where there is none
 */
export async function findVisible(
  { caller, params, notFound, note }: ApiRequest<typeof routes.one>,
  emails: Pick<EmailStore, 'find'>,
): Promise<Email> {
  const email = await emails.find(caller.account.id, params.id);
  if (!email || !isVisible(email, caller)) throw notFound();
  note({ emailId: email.id });
  return email;
}
