import { type DnsRecords, type DomainRecord, dkimRecords } from './dns-records.ts';
import type { Domain, DomainStore, Former, Released } from './domain.ts';

/** What claiming touches. */
export type ClaimDeps = {
  readonly domains: Pick<DomainStore, 'find' | 'findReleased' | 'claim' | 'takeOver'>;
  readonly dns: DnsRecords;
};

/** How often a name is looked at again that changed while it was being claimed. */
const ROUNDS = 3;

/** Whatever the zone: the token alone names the key, and SES's zone was not always kept with it. */
function leadsToTheSameKey(found: string, { value }: DomainRecord): boolean {
  const [token = value] = value.split('.');
  return found.startsWith(token);
}

/**
 * True when none of the records of who had the name is in DNS any more. Where nobody can say, they count as
 * there: whoever can put them there could send as the name's owner.
 */
async function isGone(name: string, former: Former, dns: DnsRecords): Promise<boolean> {
  const gone = dkimRecords({ ...former, name }).map(async (record) => {
    const values = await dns.lookUp(record.type, record.name);
    return values !== undefined && !values.some((value) => leadsToTheSameKey(value, record));
  });
  return (await Promise.all(gone)).every(Boolean);
}

/** Puts `wanted` in place of one that failed or was given up, if DNS shows that it is over. */
async function takeOver(wanted: Domain, from: Domain | Released, deps: ClaimDeps) {
  const isOwn = 'releasedAt' in from && from.account === wanted.account;
  if (!isOwn && !(await isGone(wanted.name, from, deps.dns))) return undefined;
  const { account, dkimTokens, dkimZone } = from;
  return deps.domains.takeOver({ ...wanted, former: { account, dkimTokens, dkimZone } }, from);
}

/**
 * Claims a name for the account of `wanted`.
 *
 * @returns the claim that the account then has; `wanted` itself if it is new. Undefined where the name is
 * another's, or was and its records are still in DNS.
 */
export async function claimName(wanted: Domain, deps: ClaimDeps): Promise<Domain | undefined> {
  for (let round = 0; round < ROUNDS; round += 1) {
    if (await deps.domains.claim(wanted)) return wanted;
    const found = await deps.domains.find(wanted.name);
    if (found?.account === wanted.account) return found;
    if (found && found.status !== 'failed') return undefined;
    const from = found ?? (await deps.domains.findReleased(wanted.name));
    if (!from) continue;
    const taken = await takeOver(wanted, from, deps);
    if (taken === undefined) return undefined;
    if (taken) return (await deps.domains.find(wanted.name)) ?? wanted;
  }
  return undefined;
}
