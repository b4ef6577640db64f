import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { times } from '../../../lambdas/core/contract/times.ts';
import type { Finding } from '../../../lambdas/core/domain/dns-records.ts';
import type { Domain } from '../../../lambdas/core/domain/domain.ts';
import type { DomainIdentity } from '../../../lambdas/core/domain/domain-identities.ts';
import { judge } from '../../../lambdas/core/domain/judge.ts';
import { ACCOUNT, aDomain, NOW } from '../email/fakes.ts';

const TIMES = times(1);
const TOKENS = ['a', 'b', 'c'];
const iso = (time: number) => new Date(time).toISOString();

const finding = fc.constantFrom<Finding['status']>('unchecked', 'found', 'missing', 'different');
const findings = fc.array(
  finding.map((status) => ({ status, found: [] })),
  { minLength: 6, maxLength: 6 },
);
const identity = fc.option(
  fc.record<DomainIdentity>({
    account: fc.constantFrom(ACCOUNT, 'b'.repeat(24)),
    dkimTokens: fc.constant(TOKENS),
    status: fc.constantFrom('pending', 'verified', 'failed'),
  }),
  { nil: undefined },
);
const age = fc.integer({ min: 0, max: 100 * 3_600_000 });
const domain = fc
  .record({
    status: fc.constantFrom<Domain['status']>('pending', 'verified', 'failed'),
    age,
    lost: fc.option(age),
    once: fc.boolean(),
  })
  .map(({ status, age: since, lost, once }) =>
    aDomain({
      status,
      dkimTokens: TOKENS,
      pendingSince: iso(NOW - since),
      ...(status === 'verified' || once ? { verifiedAt: iso(NOW - since) } : {}),
      ...(status === 'verified' && lost !== null ? { lostSince: iso(NOW - lost) } : {}),
    }),
  );

describe('a check', () => {
  it('keeps its rules whatever it sees', () => {
    const seed = Date.now();
    const rules = fc.property(domain, identity, findings, (given, found, seen) => {
      const changes = judge({ domain: given, identity: found, findings: seen }, NOW, TIMES);
      const dkim = seen.slice(0, 3).map(({ status }) => status);
      const ses = found?.account === ACCOUNT && found.status === 'verified';
      const proven = ses && dkim.every((status) => status === 'found');
      const absent = dkim.some((status) => status === 'missing' || status === 'different');
      const status = changes.status ?? given.status;

      if (proven) expect(changes).toMatchObject({ status: 'verified', reason: undefined });
      if (status === 'verified' && given.status !== 'verified') expect(proven).toBe(true);
      if (given.status === 'verified' && status !== 'verified') {
        expect(!ses || (absent && given.lostSince !== undefined)).toBe(true);
        expect(status).toBe('pending');
      }
      if (status === 'failed') expect(changes.nextCheckAt).toBeUndefined();
      else expect(changes.nextCheckAt).toBeGreaterThan(NOW);
      if (status === 'pending') expect(changes.reason).toMatch(/\.$/);
      expect(changes.checkedAt).toBe(iso(NOW));
    });
    fc.assert(rules, { seed, verbose: 1, numRuns: 2000 });
  });
});
