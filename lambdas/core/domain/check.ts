import type { Times } from '../contract/times.ts';
import type { NoticeStore } from '../notice/notice.ts';
import { type DnsRecords, domainRecords, lookUpAll } from './dns-records.ts';
import type { Domain, DomainStore } from './domain.ts';
import type { DomainIdentities } from './domain-identities.ts';
import { judge } from './judge.ts';
import { domainNotice } from './notice.ts';

/** What a check touches. */
export type DomainCheckDeps = {
  readonly domains: Pick<DomainStore, 'find' | 'keep'>;
  readonly identities: Pick<DomainIdentities, 'find' | 'region'>;
  readonly dns: DnsRecords;
  readonly notices: Pick<NoticeStore, 'put'>;
  readonly times: Times;
  readonly now: () => number;
};

/** A domain as it is now, if the account still has it. */
export async function current(
  { name, account }: Domain,
  { domains }: Pick<DomainCheckDeps, 'domains'>,
): Promise<Domain | undefined> {
  const found = await domains.find(name);
  return found?.account === account ? found : undefined;
}

/**
 * Asks SES and DNS about a domain, keeps what that comes to, and notes what its owner must know. Of two checks at the same moment one is kept.
 *
 * @returns the domain as it then is; undefined when the account has it no more
 */
export async function checkDomain(
  domain: Domain,
  deps: DomainCheckDeps,
): Promise<Domain | undefined> {
  const [identity, region] = await Promise.all([
    deps.identities.find(domain.name),
    deps.identities.region(),
  ]);
  // An identity that was made again has other tokens, and only those prove anything.
  const { dkimTokens, dkimZone } = identity?.account === domain.account ? identity : domain;
  const asked = { ...domain, dkimTokens, dkimZone };
  const findings = await lookUpAll(domainRecords(asked, region), deps.dns);
  const changes = judge({ domain: asked, identity, findings }, deps.now(), deps.times);
  const after = (await deps.domains.keep(domain, changes)) ?? (await current(domain, deps));
  const notice = after && domainNotice(domain, after, deps.now());
  if (notice) await deps.notices.put(notice);
  return after;
}
