import { describe, expect, it } from '@jest/globals';
import { outageScenario } from '../../bench/scenarios/outage.ts';
import { pauseScenario } from '../../bench/scenarios/pause.ts';

/** The short forms of `npm run scenarios`; the figures to quote are of the full ones. */
describe('the whole local system under faults', () => {
  it('keeps mail untouched while SES is paused and sends it afterwards', async () => {
    const options = { count: 60, rate: 30, timeScale: 60, pause: 10_000 };
    const result = await pauseScenario(options);
    expect(result).toMatchObject({ arrived: 60, missing: [], copies: 0, failed: 0, parked: 0 });
    expect(result.callsWhilePaused).toBe(0);
    expect(result.mostReceives).toBeLessThanOrEqual(20);
  });

  it('sends everything after an outage of SES and flags every second copy', async () => {
    const result = await outageScenario({ count: 40, outage: 3000, timeScale: 60 });
    expect(result).toMatchObject({
      arrived: 40,
      missing: [],
      unflagged: 0,
      failed: 0,
      parked: 0,
    });
    expect(result.failedCalls).toBeGreaterThan(0);
  });
});
