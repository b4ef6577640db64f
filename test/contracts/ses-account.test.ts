import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sesAccount } from '../../lambdas/core/aws/ses-account.ts';
import { startRecordingProxy } from './recording-proxy.ts';
import { useEndpoint } from './table-fixture.ts';

const NOW = Date.UTC(2026, 10, 23);
/** An account of which SES says nothing: as slow as an account can be, and not in doubt. */
const SILENT = {
  maxSendRate: 1,
  max24HourSend: null,
  sentLast24Hours: 0,
  sandbox: false,
  sendingEnabled: true,
  enforcement: 'HEALTHY',
  review: 'granted',
  checkedAt: NOW,
};
const SANDBOX = { ProductionAccessEnabled: false };
const reviewed = (Status: string) => ({ ...SANDBOX, Details: { ReviewDetails: { Status } } });

let ses: Awaited<ReturnType<typeof startRecordingProxy>>;
beforeAll(async () => {
  ses = await startRecordingProxy();
  useEndpoint('SESV2', ses.url);
});
afterAll(() => ses.stop());

it.each([
  [{}, {}],
  [
    { SendQuota: { MaxSendRate: 14, Max24HourSend: 50_000, SentLast24Hours: 7 } },
    { maxSendRate: 14, max24HourSend: 50_000, sentLast24Hours: 7 },
  ],
  [{ SendQuota: { MaxSendRate: 14, Max24HourSend: -1 } }, { maxSendRate: 14 }],
  [{ ProductionAccessEnabled: true }, {}],
  [SANDBOX, { sandbox: true, review: 'none' }],
  [reviewed('PENDING'), { sandbox: true, review: 'pending' }],
  [reviewed('DENIED'), { sandbox: true, review: 'denied' }],
  [reviewed('FAILED'), { sandbox: true, review: 'failed' }],
  [reviewed('GRANTED'), { sandbox: true, review: 'none' }],
  [
    { SendingEnabled: false, EnforcementStatus: 'PROBATION' },
    { sendingEnabled: false, enforcement: 'PROBATION' },
  ],
  [{ PricingAttributes: { CurrentPlan: 'A' } }, { pricing: { plan: 'A' } }],
  [
    { PricingAttributes: { CurrentPlan: 'A', NextPlan: 'B' } },
    { pricing: { plan: 'A', next: 'B' } },
  ],
  [{ PricingAttributes: { NextPlan: 'B' } }, {}],
])('SES’s account %j is read', async (answer, differing) => {
  ses.answer(() => ({ status: 200, body: JSON.stringify(answer) }));
  expect(await sesAccount(() => NOW)()).toEqual({ ...SILENT, ...differing });
});
