import type { Domain, DomainPlaces, DomainStore } from './domain.ts';
import type { DomainIdentities } from './domain-identities.ts';

/** What removing a domain touches. */
export type RemoveDeps = {
  readonly domains: Pick<DomainStore, 'release' | 'remove'>;
  readonly places: Pick<DomainPlaces, 'free'>;
  readonly identities: Pick<DomainIdentities, 'find' | 'remove'>;
  readonly now: () => number;
};

/** Gives a claim and its place back; a name that was verified once, or another's before, keeps a trace. */
export async function releaseDomain(
  domain: Domain,
  { domains, places, now }: Omit<RemoveDeps, 'identities'>,
): Promise<boolean> {
  await places.free(domain.account, [domain.name]);
  if (domain.verifiedAt === undefined && domain.former === undefined) return domains.remove(domain);
  return domains.release(domain, new Date(now()).toISOString());
}

/**
 * Removes a domain: SES's identity first, if it was made for this claim, then the claim. A crash between
 * leaves a claim that can be removed again.
 *
 * @returns false when the account had it no more
 */
export async function removeDomain(domain: Domain, deps: RemoveDeps): Promise<boolean> {
  const { identities } = deps;
  const identity = await identities.find(domain.name);
  const owner = identity?.account;
  if (owner !== undefined && [domain.account, domain.former?.account].includes(owner)) {
    await identities.remove(domain.name);
  }
  return releaseDomain(domain, deps);
}
