import { describe, expect, it } from '@jest/globals';
import type { Domain } from '../../../lambdas/core/domain/domain.ts';
import { domainNotice } from '../../../lambdas/core/domain/notice.ts';
import { ACCOUNT, aDomain, NOW } from '../email/fakes.ts';

type Status = Domain['status'];

const VERIFIED_AT = '2026-02-01T00:00:00.000Z';
const WAITING_SINCE = '2026-03-01T00:00:00.000Z';

describe('a check of a domain', () => {
  it.each<[Status, Status, string | undefined, string | undefined]>([
    ['pending', 'failed', undefined, 'domain_failed'],
    ['pending', 'failed', VERIFIED_AT, 'domain_failed'],
    ['verified', 'failed', VERIFIED_AT, 'domain_failed'],
    ['verified', 'pending', VERIFIED_AT, 'domain_demoted'],
    ['failed', 'pending', VERIFIED_AT, undefined],
    ['failed', 'pending', undefined, undefined],
    ['failed', 'failed', undefined, undefined],
    ['pending', 'pending', undefined, undefined],
    ['pending', 'pending', VERIFIED_AT, undefined],
    ['pending', 'verified', VERIFIED_AT, undefined],
    ['verified', 'verified', VERIFIED_AT, undefined],
  ])('that finds it %s and leaves it %s (verified: %s) tells %s', (before, status, at, kind) => {
    const verified = at === undefined ? {} : { verifiedAt: at };
    const after = aDomain({ status, ...verified });
    expect(domainNotice({ status: before }, after, NOW)?.kind).toBe(kind);
  });

  it('tells whom it is about, why, and since when, so that two checks tell the same', () => {
    const reason = 'Nothing was found.';
    const after = aDomain({ status: 'failed', reason, pendingSince: WAITING_SINCE });
    expect(domainNotice({ status: 'pending' }, after, NOW)).toEqual({
      account: ACCOUNT,
      kind: 'domain_failed',
      about: after.name,
      occurrence: WAITING_SINCE,
      message: `${after.name} cannot send. ${reason}`,
      at: NOW,
    });
  });
});
