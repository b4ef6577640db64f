import type { Times } from '../contract/times.ts';
import type { Finding } from './dns-records.ts';
import { type Domain, type DomainChanges, pendingSince } from './domain.ts';
import type { DomainIdentity } from './domain-identities.ts';

/** What a check saw. */
export type DomainLookup = {
  readonly domain: Domain;
  /** Undefined when SES does not have this domain. */
  readonly identity: DomainIdentity | undefined;
  /** In the order of the domain's records, the DKIM records first. */
  readonly findings: readonly Finding[];
};

type DomainTimes = Pick<
  Times,
  'domainGiveUp' | 'domainPauseLeast' | 'domainPauseMost' | 'domainPauseVerified' | 'domainLoss'
>;

/** What SES or DNS says about a domain; `unknown` never demotes one. */
type Standing = { readonly state: 'good' | 'bad' | 'unknown'; readonly why: string };

const AGAIN = 'Fix this, then verify again.';

const GOOD: Standing = { state: 'good', why: '' };

function sesStanding({ domain, identity }: DomainLookup): Standing {
  if (!identity) {
    return { state: 'bad', why: 'SES does not have this domain.' };
  }
  if (identity.account !== domain.account) {
    const why = 'SES has this domain for another account. Ask the operator of this service.';
    return { state: 'bad', why };
  }
  if (identity.status === 'verified') return GOOD;
  const why =
    identity.status === 'failed'
      ? 'SES did not find the records within 72 hours and stopped looking.'
      : 'SES has not confirmed the records yet. This usually takes minutes, rarely hours.';
  return { state: 'bad', why };
}

function dnsStanding({ domain, findings }: DomainLookup): Standing {
  const dkim = findings.slice(0, domain.dkimTokens.length);
  const count = (status: Finding['status']) => dkim.filter((each) => each.status === status).length;
  const [missing, different] = [count('missing'), count('different')];
  if (dkim.length > 0 && count('found') === dkim.length) return GOOD;
  if (missing + different === 0) {
    return { state: 'unknown', why: "The domain's name servers did not answer." };
  }
  const what = shortcomings(dkim.length, missing, different);
  return {
    state: 'bad',
    why: `${what}. Add them exactly as shown; DNS changes can take hours to appear.`,
  };
}

function shortcomings(all: number, missing: number, different: number): string {
  const of = `of the ${all} required CNAME records`;
  if (missing === all) return `All ${all} required CNAME records are missing from DNS`;
  const others = `${different === 1 ? 'has' : 'have'} a different value`;
  if (missing === 0) return `${different} ${of} ${others} in DNS`;
  const missed = `${missing} ${of} ${missing === 1 ? 'is' : 'are'} missing from DNS`;
  return different === 0 ? missed : `${missed}, and ${different} ${others}`;
}

function pauseOf(domain: Domain, now: number, times: DomainTimes): number {
  if (domain.verifiedAt !== undefined) return times.domainPauseVerified;
  const fifth = Math.round((now - pendingSince(domain)) / 5);
  return Math.min(times.domainPauseMost, Math.max(times.domainPauseLeast, fifth));
}

function stillPending(domain: Domain, why: string, now: number, times: DomainTimes): DomainChanges {
  if (now - pendingSince(domain) < times.domainGiveUp) {
    return { status: 'pending', reason: why, nextCheckAt: now + pauseOf(domain, now, times) };
  }
  const reason = `The domain was not verified within 72 hours. ${why} ${AGAIN}`;
  return { status: 'failed', reason, nextCheckAt: undefined };
}

function demoted(why: string, now: number, times: DomainTimes): DomainChanges {
  return {
    status: 'pending',
    reason: `The domain lost its verification and cannot send. ${why} ${AGAIN}`,
    pendingSince: new Date(now).toISOString(),
    lostSince: undefined,
    nextCheckAt: now + times.domainPauseVerified,
  };
}

/** A verified domain whose records our own look-up misses: DNS has its moments, so it is asked once more. */
function losing(seen: DomainLookup, dns: Standing, now: number, times: DomainTimes): DomainChanges {
  const { lostSince = new Date(now).toISOString() } = seen.domain;
  if (dns.state === 'unknown') return { nextCheckAt: now + times.domainLoss };
  if (now - Date.parse(lostSince) >= times.domainLoss) return demoted(dns.why, now, times);
  const reason = `The domain is about to lose its verification. ${dns.why}`;
  return { reason, lostSince, nextCheckAt: now + times.domainLoss };
}

function outcome(seen: DomainLookup, now: number, times: DomainTimes): DomainChanges {
  const { domain } = seen;
  const ses = sesStanding(seen);
  const dns = dnsStanding(seen);
  if (ses.state === 'good' && dns.state === 'good') {
    return {
      status: 'verified',
      reason: undefined,
      lostSince: undefined,
      verifiedAt: domain.verifiedAt ?? new Date(now).toISOString(),
      nextCheckAt: now + times.domainPauseVerified,
    };
  }
  if (domain.status === 'verified') {
    return ses.state === 'bad' ? demoted(ses.why, now, times) : losing(seen, dns, now, times);
  }
  if (domain.status === 'failed') return { reason: domain.reason, nextCheckAt: undefined };
  if (seen.identity?.status === 'failed') {
    return { status: 'failed', reason: `${ses.why} ${AGAIN}`, nextCheckAt: undefined };
  }
  const isOurs = seen.identity?.account === domain.account;
  const why = dns.state === 'good' || !isOurs ? ses.why : dns.why;
  return stillPending(domain, why, now, times);
}

/**
 * What a check changes of a domain. A domain is verified if it has the account's tag, SES's success, and its
 * three DKIM records in our own look-up.
 */
export function judge(seen: DomainLookup, now: number, times: DomainTimes): DomainChanges {
  return {
    ...outcome(seen, now, times),
    checkedAt: new Date(now).toISOString(),
    findings: seen.findings,
    dkimTokens: seen.domain.dkimTokens,
    dkimZone: seen.domain.dkimZone,
  };
}
