import type { Notice } from '../notice/notice.ts';
import { type Domain, pendingSince } from './domain.ts';

/** Why a domain cannot send any more, or never could, in words. */
export function domainWords({ name, reason }: Domain): string {
  return `${name} cannot send. ${reason ?? 'Verify it again.'}`;
}

type DomainKind = 'domain_failed' | 'domain_demoted';

/** What is wrong with a domain that cannot send; waiting for its first records is nothing wrong. */
export function domainTrouble({
  status,
  verifiedAt,
}: Pick<Domain, 'status' | 'verifiedAt'>): DomainKind | undefined {
  if (status === 'failed') return 'domain_failed';
  return status === 'pending' && verifiedAt !== undefined ? 'domain_demoted' : undefined;
}

/**
 * The notice that a check calls for: that a domain has lost its verification, or that it was not verified in
 * time. Two checks at once find the same occurrence. A check that dies after it has kept the domain's state
 * leaves the banner and no mail.
 *
 * @param before the domain as the check found it
 */
export function domainNotice(
  before: Pick<Domain, 'status'>,
  after: Domain,
  now: number,
): Notice | undefined {
  const kind = before.status === after.status ? undefined : domainTrouble(after);
  const isNew = kind === 'domain_failed' || before.status === 'verified';
  if (kind === undefined || !isNew) return undefined;
  return {
    account: after.account,
    kind,
    about: after.name,
    occurrence: new Date(pendingSince(after)).toISOString(),
    message: domainWords(after),
    at: now,
  };
}
