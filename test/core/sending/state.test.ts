import { describe, expect, it } from '@jest/globals';
import type { Gate, SendingAccount } from '../../../lambdas/core/sending/gate.ts';
import { sendingView } from '../../../lambdas/core/sending/state.ts';

const HEALTHY: SendingAccount = {
  maxSendRate: 14,
  max24HourSend: 200,
  sentLast24Hours: 10,
  sandbox: false,
  sendingEnabled: true,
  enforcement: 'HEALTHY',
  checkedAt: 0,
};
const gate = (change: Partial<SendingAccount>): Gate => ({ account: { ...HEALTHY, ...change } });
const refused = (code: string): Gate => ({
  account: HEALTHY,
  refused: { code, message: 'SES says no.', at: 1 },
});

describe('the state of sending', () => {
  it.each<[string, Gate, string, RegExp]>([
    ['in health', gate({}), 'ok', /You need to do nothing/],
    [
      'under review',
      gate({ enforcement: 'PROBATION' }),
      'ok',
      /under review.*AWS may stop sending/,
    ],
    [
      'in the sandbox',
      gate({ sandbox: true }),
      'sandbox',
      /verified addresses only.*production access/,
    ],
    ['paused', gate({ sendingEnabled: false }), 'paused', /paused.*resumes sending/],
    ['shut down', gate({ enforcement: 'SHUTDOWN' }), 'shut_down', /Support Center/],
    [
      'over its day',
      gate({ sentLast24Hours: 200 }),
      'daily_quota_used',
      /limit of 200.*higher limit/,
    ],
    [
      'over its day in the sandbox',
      gate({ sentLast24Hours: 200, sandbox: true }),
      'daily_quota_used',
      /limit of 200.*production access/,
    ],
    ['paused in the sandbox', gate({ sendingEnabled: false, sandbox: true }), 'paused', /paused/],
    ['paused since', refused('SendingPausedException'), 'paused', /paused/],
    ['suspended since', refused('AccountSuspendedException'), 'shut_down', /Support Center/],
    ['closed for a new reason', refused('Other'), 'paused', /paused/],
    ['not known', {}, 'unknown', /look again/],
  ])('%s is reported, with what to do', (_when, given, state, message) => {
    expect(sendingView(given)).toMatchObject({ state, message: expect.stringMatching(message) });
  });

  it('is told with SES’s figures, and with what is assumed before there are any', () => {
    expect(sendingView(gate({ sandbox: true, max24HourSend: null }))).toMatchObject({
      sandbox: true,
      maxSendRate: 14,
      dailyQuota: null,
      sentLast24Hours: 10,
      checkedAt: '1970-01-01T00:00:00.000Z',
    });
    expect(
      sendingView({ refused: { code: 'SendingPausedException', message: '', at: 1 } }),
    ).toMatchObject({
      state: 'paused',
      sandbox: false,
      maxSendRate: 1,
      dailyQuota: null,
      sentLast24Hours: 0,
      checkedAt: null,
    });
  });

  it.each<[string, Gate, string]>([
    ['none before there was one', gate({ sandbox: true }), 'none'],
    ['granted outside of the sandbox', gate({}), 'granted'],
    ['none while nothing is known', {}, 'none'],
    ['what AWS says', gate({ sandbox: true, review: 'denied' }), 'denied'],
  ])('shows the review as %s', (_when, given, review) => {
    expect(sendingView(given).productionAccess).toBe(review);
  });

  it('says how long emails wait whenever they wait', () => {
    const waiting = [
      gate({ sendingEnabled: false }),
      gate({ enforcement: 'SHUTDOWN' }),
      gate({ sentLast24Hours: 200 }),
    ];
    for (const given of waiting) {
      expect(sendingView(given).message).toContain(
        'An email waits for at most 24 hours, then it fails.',
      );
    }
  });

  it('has words for what a deliverer met before SES’s first answer', () => {
    const met = (code: string): Gate => ({ refused: { code, message: '', at: 1 } });
    expect(sendingView(met('daily_quota_used'))).toMatchObject({
      state: 'daily_quota_used',
      message: expect.stringContaining('If this happens often, request a higher limit'),
    });
  });
});
