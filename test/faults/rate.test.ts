import { describe, expect, it } from '@jest/globals';
import { rateScenario } from '../../bench/scenarios/rate.ts';

/** The short forms of `npm run scenarios`; the figures to quote are of the full ones. */
describe('the whole local system under faults', () => {
  it('delivers each mail once within the rate while SES throttles', async () => {
    const options = { count: 70, callers: 8, recipients: 1, rate: 14, throttleShare: 0.05 };
    const result = await rateScenario(options);
    expect(result).toMatchObject({ arrived: 70, missing: [], copies: 0, failed: 0, parked: 0 });
  });

  it('lets mails of 50 recipients through at 14 a second', async () => {
    const options = { count: 4, callers: 2, recipients: 50, rate: 14, throttleShare: 0 };
    const result = await rateScenario(options);
    expect(result).toMatchObject({ arrived: 4, missing: [], copies: 0, failed: 0, parked: 0 });
  });
});
