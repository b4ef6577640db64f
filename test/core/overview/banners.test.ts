import { describe, expect, it } from '@jest/globals';
import { type BannerState, bannersOf } from '../../../lambdas/core/overview/banners.ts';
import type { SendingAccount } from '../../../lambdas/core/sending/gate.ts';
import type { Endpoint } from '../../../lambdas/core/webhook/endpoint.ts';
import { BY_OWNER } from '../../../lambdas/core/webhook/endpoint-request.ts';
import { ACCOUNT, aDomain } from '../email/fakes.ts';

const AT = '2026-11-20T00:00:00.000Z';
const SES: SendingAccount = {
  maxSendRate: 14,
  max24HourSend: 200,
  sentLast24Hours: 10,
  sandbox: false,
  sendingEnabled: true,
  enforcement: 'HEALTHY',
  review: 'granted',
  pricing: { plan: 'NONE' },
  checkedAt: 0,
};
const ENDPOINT: Endpoint = {
  id: 'e'.repeat(24),
  account: ACCOUNT,
  url: 'https://hooks.example/in',
  environment: 'live',
  events: ['email.bounced'],
  secrets: [],
  createdAt: AT,
};

function banners(changes: Partial<BannerState> = {}) {
  const calm = { used: 0, limit: 300, domains: [aDomain()], endpoints: [ENDPOINT] };
  return bannersOf({ ...calm, gate: { account: SES }, operator: false, ...changes });
}
const ses = (changes: Partial<SendingAccount>): Pick<BannerState, 'gate'> => ({
  gate: { account: { ...SES, ...changes } },
});
const kinds = (changes: Partial<BannerState>) => banners(changes).map(({ kind }) => kind);

describe('banners', () => {
  it('are none while all is well', () => {
    expect(banners()).toEqual([]);
    expect(kinds({ used: 239 })).toEqual([]);
    expect(kinds({ used: 1_000_000, limit: null })).toEqual([]);
  });

  it('tell of the quota from 80 % on, and of one thing only once it is used up', () => {
    expect(banners({ used: 240 })).toEqual([
      {
        kind: 'quota_80',
        about: null,
        since: null,
        message: expect.stringMatching(
          /^240 of this month's 300 emails are used\..*larger plan\.$/,
        ),
      },
    ]);
    expect(kinds({ used: 299 })).toEqual(['quota_80']);
    expect(kinds({ used: 300 })).toEqual(['quota_100']);
    expect(kinds({ used: 400 })).toEqual(['quota_100']);
  });

  it('tell of a domain that failed or was demoted, and go when it is verified again', () => {
    const reason = 'SES does not have this domain.';
    const demoted = { status: 'pending', verifiedAt: AT, pendingSince: AT, reason } as const;
    expect(banners({ domains: [aDomain(demoted)] })).toEqual([
      {
        kind: 'domain_demoted',
        about: 'example.com',
        since: AT,
        message: `example.com cannot send. ${reason}`,
      },
    ]);
    expect(kinds({ domains: [aDomain({ ...demoted, status: 'failed' })] })).toEqual([
      'domain_failed',
    ]);
    expect(kinds({ domains: [aDomain({ ...demoted, status: 'verified' })] })).toEqual([]);
    expect(kinds({ domains: [aDomain({ status: 'pending' })] })).toEqual([]);
  });

  it('tell of an endpoint that we disabled, not of one that its owner paused', () => {
    const disabled = { reason: 'The server answered 410.', at: AT };
    expect(banners({ endpoints: [{ ...ENDPOINT, disabled }] })).toEqual([
      {
        kind: 'endpoint_disabled',
        about: ENDPOINT.id,
        since: AT,
        message: expect.stringContaining('https://hooks.example/in was disabled'),
      },
    ]);
    const paused = { ...ENDPOINT, disabled: { reason: BY_OWNER, at: AT } };
    expect(kinds({ endpoints: [paused] })).toEqual([]);
  });

  it.each<[string, Partial<BannerState>, string]>([
    ['in the sandbox', ses({ sandbox: true, review: 'none' }), 'sending_sandbox'],
    ['paused', ses({ sendingEnabled: false }), 'sending_paused'],
    ['shut down', ses({ enforcement: 'SHUTDOWN' }), 'sending_shut_down'],
    ['over its day', ses({ sentLast24Hours: 200 }), 'sending_daily_quota_used'],
  ])('tell that sending is %s', (_state, gate, kind) => {
    expect(banners(gate)).toMatchObject([{ kind, about: null, since: null }]);
  });

  it('say since when SES refuses everything, where that is known', () => {
    const refused = { code: 'SendingPausedException', message: '', at: Date.parse(AT) };
    expect(banners({ gate: { account: SES, refused } })).toMatchObject([
      { kind: 'sending_paused', since: AT },
    ]);
  });

  it('warn only the operator about an expensive pricing plan, and not once it is to end', () => {
    const pricing = { plan: 'ESSENTIALS' };
    expect(banners({ ...ses({ pricing }), operator: true })).toMatchObject([
      { kind: 'pricing', message: expect.stringMatching(/\$0\.16.*\$0\.10.*--plan NONE/) },
    ]);
    expect(kinds(ses({ pricing }))).toEqual([]);
    expect(kinds({ ...ses({ pricing: { ...pricing, next: 'NONE' } }), operator: true })).toEqual(
      [],
    );
    expect(kinds({ ...ses({ pricing: { plan: 'PRO' } }), operator: true })).toEqual(['pricing']);
    const { pricing: _, ...unsaid } = SES;
    expect(kinds({ gate: { account: unsaid }, operator: true })).toEqual([]);
  });
});
