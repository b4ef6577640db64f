import { type AddDeps, complete, type DomainRefusal } from './add.ts';
import { checkDomain, current, type DomainCheckDeps } from './check.ts';
import type { Domain } from './domain.ts';

/** What verifying touches. */
export type VerifyDeps = AddDeps & Pick<DomainCheckDeps, 'notices'>;

/** Whether SES must be asked again: adding was never finished, or SES forgot it or has given up. */
async function isToBegin(domain: Domain, { identities }: AddDeps): Promise<boolean> {
  if (domain.dkimTokens.length === 0 || domain.status === 'failed') return true;
  const identity = await identities.find(domain.name);
  if (!identity) return true;
  const isFormers = identity.account !== undefined && identity.account === domain.former?.account;
  return identity.account === domain.account ? identity.status === 'failed' : isFormers;
}

/** The claim of a failed domain, made safe from others before anything else happens. */
async function secured(domain: Domain, { domains, times, now }: AddDeps) {
  if (domain.status !== 'failed') return domain;
  const pendingSince = new Date(now()).toISOString();
  const nextCheckAt = now() + times.domainPauseLeast;
  return domains.keep(domain, { status: 'pending', pendingSince, nextCheckAt });
}

/**
 * Verifies a domain on its owner's demand. What failed, was never finished or SES has forgotten starts again.
 *
 * @param limit the plan's number of domains, null for no limit
 * @returns the domain as it then is; `taken` when the account has it no more
 */
export async function verifyDomain(
  domain: Domain,
  limit: number | null,
  deps: VerifyDeps,
): Promise<{ readonly domain: Domain } | DomainRefusal> {
  let begun = domain;
  if (await isToBegin(domain, deps)) {
    const mine = (await secured(domain, deps)) ?? (await current(domain, deps));
    if (!mine) return { outcome: 'taken' };
    const wanted = { name: domain.name, account: domain.account, limit };
    const completed = await complete(mine, wanted, deps);
    if (!('domain' in completed)) return completed;
    begun = completed.domain;
  }
  const checked = await checkDomain(begun, deps);
  return checked ? { domain: checked } : { outcome: 'taken' };
}
