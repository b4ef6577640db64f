import type { Times } from '../contract/times.ts';
import { type ClaimDeps, claimName } from './claim.ts';
import type { Domain, DomainPlaces, DomainStore } from './domain.ts';
import type { DomainIdentities } from './domain-identities.ts';
import { releaseDomain } from './remove.ts';

/** What adding a domain touches. */
export type AddDeps = ClaimDeps & {
  readonly domains: DomainStore;
  readonly places: DomainPlaces;
  readonly identities: DomainIdentities;
  readonly times: Times;
  readonly now: () => number;
};

/** Who adds what; `limit` is the plan's number of domains, null for no limit. */
export type Wanted = {
  readonly name: string;
  readonly account: string;
  readonly limit: number | null;
};

/**
 * `taken`: another account has it, or had it and its records are still in DNS. `foreign`: SES has an identity
 * that was not made for the account. `full`: the plan has no room.
 */
export type DomainRefusal = { readonly outcome: 'taken' | 'foreign' | 'full' };
export type Added =
  | { readonly outcome: 'added' | 'there'; readonly domain: Domain }
  | DomainRefusal;

/** Takes a place; where there is none, names that the account has lost to others make room first. */
async function takePlace({ name, account, limit }: Wanted, { places, domains }: AddDeps) {
  if (await places.take(account, name, limit)) return true;
  const all = await places.list(account);
  const held = await Promise.all(all.map((each) => domains.find(each)));
  const lost = all.filter((_, i) => held[i]?.account !== account);
  if (lost.length === 0) return false;
  await places.free(account, lost);
  return places.take(account, name, limit);
}

/** SES's identity for a claim, afresh where SES has given up; undefined where it is somebody else's. */
async function identityFor({ name, account, former }: Domain, { identities }: AddDeps) {
  const found = await identities.find(name);
  const isFormers = former !== undefined && found?.account === former.account;
  const isSpent = found?.account === account && found.status === 'failed';
  if ((isFormers && former.account !== account) || isSpent) await identities.remove(name);
  const identity = await identities.ensure(name, account);
  return identity.account === account ? identity : undefined;
}

/** Takes a claimed name's place and makes its identity, and begins to wait for its records. */
export async function complete(domain: Domain, wanted: Wanted, deps: AddDeps): Promise<Added> {
  if (!(await takePlace(wanted, deps))) return { outcome: 'full' };
  const identity = await identityFor(domain, deps);
  if (!identity) return { outcome: 'foreign' };
  const now = deps.now();
  const kept = await deps.domains.keep(domain, {
    status: 'pending',
    reason: undefined,
    findings: undefined,
    dkimTokens: identity.dkimTokens,
    dkimZone: identity.dkimZone,
    pendingSince: new Date(now).toISOString(),
    nextCheckAt: now + deps.times.domainPauseLeast,
  });
  const found = kept ?? (await deps.domains.find(domain.name));
  return found?.account === domain.account
    ? { outcome: 'added', domain: found }
    : { outcome: 'taken' };
}

/** Adds a domain to an account, or finishes adding one. The claim comes first; what it cannot keep it gives back. */
export async function addDomain(wanted: Wanted, deps: AddDeps): Promise<Added> {
  const now = deps.now();
  const createdAt = new Date(now).toISOString();
  const fresh: Domain = {
    name: wanted.name,
    account: wanted.account,
    status: 'pending',
    dkimTokens: [],
    createdAt,
    pendingSince: createdAt,
    nextCheckAt: now + deps.times.domainPauseLeast,
  };
  const claim = await claimName(fresh, deps);
  if (!claim) return { outcome: 'taken' };
  if (claim.dkimTokens.length > 0) return { outcome: 'there', domain: claim };
  const added = await complete(claim, wanted, deps);
  if (!('domain' in added)) await releaseDomain(claim, deps);
  else if (claim.createdAt !== createdAt) return { outcome: 'there', domain: added.domain };
  return added;
}
