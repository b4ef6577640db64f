import { mailboxOf } from '../core/email/address.ts';
import type { Email } from '../core/email/email.ts';
import type { EmailStore } from '../core/email/email-store.ts';
import type { ApiRequest } from '../core/http/api-handler.ts';
import { type Caller, onlyDomain, seesMailOf } from '../core/http/caller.ts';
import { Refusal } from '../core/http/refusal.ts';

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
  request: ApiRequest,
  emails: Pick<EmailStore, 'find'>,
): Promise<Email> {
  const id = request.path.id ?? '';
  const known = /^[0-9a-f]{24}$/.test(id);
  const email = known ? await emails.find(request.caller.account.id, id) : undefined;
  if (!email || !isVisible(email, request.caller)) {
    const message =
      'No email with this id exists in this account and environment. Check the id; emails expire after the retention period.';
    throw new Refusal('Not found', message);
  }
  request.note({ emailId: email.id });
  return email;
}
