import type { AccountStore } from '../account/account.ts';
import { type DomainStore, maySendFrom } from '../domain/domain.ts';
import type { SuppressionStore } from '../suppression/suppression.ts';
import { mailboxOf } from '../value/address.ts';
import type { Reason } from '../value/reason.ts';
import type { Email } from './email.ts';
import { recipientsOf } from './send-request.ts';

/** What a mail is checked against right before it goes. */
export type SenderCheckDeps = {
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly domains: Pick<DomainStore, 'find'>;
  readonly suppressions: Pick<SuppressionStore, 'findSuppressed'>;
  readonly now: () => number;
};

/** Why the mail may not go any more; one reason fails it whole, no recipient is dropped in silence. */
export async function rejectionOf(
  email: Email,
  deps: SenderCheckDeps,
): Promise<Reason | undefined> {
  const { domain } = mailboxOf(email.from);
  const recipients = recipientsOf(email);
  const [account, claim, suppressed] = await Promise.all([
    deps.accounts.find(email.account),
    deps.domains.find(domain),
    deps.suppressions.findSuppressed(
      email.account,
      recipients.map((each) => each.key),
      deps.now(),
    ),
  ]);
  if (account?.status !== 'active') {
    return {
      code: 'account_suspended',
      message: 'The account was suspended before the email was sent.',
    };
  }
  if (!maySendFrom(claim, email.account)) {
    const message = `The domain ${domain} was no longer a verified domain of this account when the email was due. Verify it again, then resend the email.`;
    return { code: 'domain_not_verified', message };
  }
  if (suppressed.length === 0) return undefined;
  const named = recipients.filter((each) => suppressed.includes(each.key));
  const message = `Some recipients were on the suppression list when the email was due: ${named.map((each) => each.address).join(', ')}. Nothing was sent to anyone. Send a new email without them.`;
  return { code: 'recipient_suppressed', message };
}
