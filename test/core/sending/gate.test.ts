import { describe, expect, it } from '@jest/globals';
import { closedBecause, rateOf, type SendingAccount } from '../../../lambdas/core/sending/gate.ts';

const HEALTHY: SendingAccount = {
  maxSendRate: 14,
  max24HourSend: 50_000,
  sentLast24Hours: 49_999,
  sandbox: false,
  sendingEnabled: true,
  enforcement: 'HEALTHY',
  checkedAt: 0,
};
const refused = { code: 'SendingPausedException', message: 'Paused.', at: 1 };

describe('the gate', () => {
  it.each([
    ['before the first answer of SES', undefined],
    ['in health', {}],
    ['on probation', { enforcement: 'PROBATION' }],
    ['without a daily limit', { max24HourSend: null, sentLast24Hours: 1e9 }],
  ])('is open %s', (_, change) => {
    expect(closedBecause(change ? { account: { ...HEALTHY, ...change } } : {})).toBeUndefined();
  });

  it.each([
    [{ enforcement: 'SHUTDOWN', sendingEnabled: false }, 'sending_shut_down'],
    [{ sendingEnabled: false }, 'sending_paused'],
    [{ sentLast24Hours: 50_000 }, 'daily_quota_used'],
    [{ sentLast24Hours: 50_001 }, 'daily_quota_used'],
  ])('is closed with %j', (change, code) => {
    expect(closedBecause({ account: { ...HEALTHY, ...change } })?.code).toBe(code);
  });

  it.each([
    [
      { enforcement: 'SHUTDOWN' },
      'AWS has shut down sending for this AWS account. Emails wait until AWS allows it again.',
    ],
    [{ sendingEnabled: false }, 'Sending is paused in Amazon SES. Emails wait until it resumes.'],
    [
      { sentLast24Hours: 50_000 },
      "The AWS account's limit of 50000 emails in 24 hours is used up. Emails wait until it frees up.",
    ],
  ])('says why with %j', (change, message) => {
    expect(closedBecause({ account: { ...HEALTHY, ...change } })?.message).toBe(message);
  });

  it('is closed by what a deliverer met, with or without an answer of SES', () => {
    const reason = { code: refused.code, message: refused.message };
    expect(closedBecause({ refused })).toEqual(reason);
    expect(closedBecause({ refused, account: HEALTHY })).toEqual(reason);
  });

  it('lets one recipient a second through until SES says more', () => {
    expect(rateOf({})).toBe(1);
    expect(rateOf({ account: { ...HEALTHY, maxSendRate: 0 } })).toBe(1);
    expect(rateOf({ account: HEALTHY })).toBe(14);
  });
});
