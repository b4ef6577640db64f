import { describe, expect, it } from '@jest/globals';
import { times } from '../../../lambdas/core/contract/times.ts';
import { checkDomain } from '../../../lambdas/core/domain/check.ts';
import { claimName } from '../../../lambdas/core/domain/claim.ts';
import type { Domain, Released } from '../../../lambdas/core/domain/domain.ts';
import type { DomainIdentity } from '../../../lambdas/core/domain/domain-identities.ts';
import { domainView } from '../../../lambdas/core/domain/view.ts';
import { ACCOUNT, aDomain, NOW, only } from '../email/fakes.ts';

const REGION = 'af-south-1';
const ZONE = 'dkim.af-south-1.amazonses.com';
const DEFAULT = 'dkim.amazonses.com';
const NAME = 'shop.example';
const TOKENS = ['a', 'b', 'c'];
const JUST_NOW = new Date(NOW).toISOString();

const waiting = (changes: Partial<Domain> = {}) =>
  aDomain({ name: NAME, status: 'pending', dkimTokens: TOKENS, createdAt: JUST_NOW, ...changes });
const targets = (domain: Domain) =>
  domainView(domain, REGION)
    .records.slice(0, 3)
    .map(({ value }) => value);
const inZone = (zone: string) => TOKENS.map((token) => `${token}.${zone}`);
/** A DNS with the CNAME records of the tokens, all of them in one zone. */
const dnsWith = (zone: string) => ({
  lookUp: async (type: string, name: string) =>
    type === 'CNAME' ? [`${name.split('.')[0]}.${zone}`] : [],
});

/** What a domain is after a look at SES and at a DNS with its records in `zone`. */
async function checked(domain: Domain, identity: DomainIdentity, zone: string) {
  const after = await checkDomain(domain, {
    domains: {
      find: async () => domain,
      keep: async (seen, changes) => ({ ...seen, ...changes }) as Domain,
    },
    identities: { find: async () => identity, region: async () => REGION },
    dns: dnsWith(zone),
    notices: { put: async () => undefined },
    times: times(1),
    now: () => NOW,
  });
  if (!after) throw new Error('There is a domain.');
  return after;
}

const identity = (changes: Partial<DomainIdentity> = {}): DomainIdentity => ({
  account: ACCOUNT,
  status: 'verified',
  dkimTokens: TOKENS,
  dkimZone: ZONE,
  ...changes,
});

describe('the zone of the DKIM records', () => {
  it('is the one that SES names, to the owner and in the look-up', async () => {
    const after = await checked(waiting({ dkimZone: ZONE }), identity(), ZONE);
    expect(after.status).toBe('verified');
    expect(targets(after)).toEqual(inZone(ZONE));
  });

  it('makes records in another zone different', async () => {
    const after = await checked(waiting({ dkimZone: ZONE }), identity(), DEFAULT);
    expect(after.status).toBe('pending');
    expect(after.reason).toContain(
      '3 of the 3 required CNAME records have a different value in DNS.',
    );
  });

  it('is the default of a domain from before it was kept, until the next look at SES', async () => {
    const before = waiting();
    expect(targets(before)).toEqual(inZone(DEFAULT));
    const after = await checked(before, identity(), ZONE);
    expect(after).toMatchObject({ status: 'verified', dkimZone: ZONE });
    expect(targets(after)).toEqual(inZone(ZONE));
  });

  it('is the default where SES names none', async () => {
    const { dkimZone: _, ...nameless } = identity();
    const after = await checked(waiting({ dkimZone: ZONE }), nameless, DEFAULT);
    expect(after.status).toBe('verified');
    expect(targets(after)).toEqual(inZone(DEFAULT));
  });

  it('comes with the tokens, so never from the identity of another account', async () => {
    const foreign = identity({ account: 'b'.repeat(24), dkimTokens: ['x'], dkimZone: DEFAULT });
    const after = await checked(waiting({ dkimZone: ZONE }), foreign, ZONE);
    expect(targets(after)).toEqual(inZone(ZONE));
  });
});

/** What claiming a name comes to that another account gave up, with `zone` in its trace or not. */
async function claimed(trace: Partial<Released>, dns: Parameters<typeof claimName>[1]['dns']) {
  const wanted = aDomain({ name: NAME, account: 'b'.repeat(24), status: 'pending' });
  const released = { account: ACCOUNT, dkimTokens: TOKENS, releasedAt: 'then', ...trace };
  let taken: Domain | undefined;
  return claimName(wanted, {
    domains: {
      claim: async () => false,
      find: async () => taken,
      findReleased: async () => released,
      takeOver: async (domain) => {
        taken = domain;
        return true;
      },
    },
    dns,
  });
}

describe('a name that was given up', () => {
  it.each([
    [ZONE, ZONE],
    [ZONE, DEFAULT],
    [undefined, ZONE],
    [undefined, DEFAULT],
    [undefined, 'dkim.another-1.amazonses.com'],
  ])('with the zone %p in its trace is kept by records in %s', async (dkimZone, zone) => {
    const trace = dkimZone === undefined ? {} : { dkimZone };
    expect(await claimed(trace, dnsWith(zone))).toBeUndefined();
  });

  it('is kept by one record among others, and free where all lead elsewhere', async () => {
    const one = only('dns', {
      lookUp: async (_: string, name: string) =>
        name.startsWith('c.') ? ['elsewhere.example', `c.${ZONE}`] : [],
    });
    expect(await claimed({}, one)).toBeUndefined();
    const elsewhere = { lookUp: async () => [`x.${ZONE}`, 'elsewhere.example'] };
    const taken = await claimed({ dkimZone: ZONE }, elsewhere);
    expect(taken?.former).toEqual({ account: ACCOUNT, dkimTokens: TOKENS, dkimZone: ZONE });
  });
});
