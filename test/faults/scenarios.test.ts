import { describe, expect, it } from '@jest/globals';
import { isolationScenario } from '../../bench/scenarios/isolation.ts';
import { killScenario } from '../../bench/scenarios/kill.ts';
import { outageScenario } from '../../bench/scenarios/outage.ts';
import { pauseScenario } from '../../bench/scenarios/pause.ts';
import { rateScenario } from '../../bench/scenarios/rate.ts';
import { revokeScenario } from '../../bench/scenarios/revoke.ts';

/** The short forms of `npm run scenarios`; the figures to quote are of the full ones. */
const MINUTES = 60_000;

describe('the whole local system under faults', () => {
  it(
    'delivers each mail once within the rate while SES throttles',
    async () => {
      const options = { count: 70, callers: 8, recipients: 1, rate: 14, throttleShare: 0.05 };
      const result = await rateScenario(options);
      expect(result).toMatchObject({ arrived: 70, missing: [], copies: 0, failed: 0, parked: 0 });
    },
    2 * MINUTES,
  );

  it(
    'lets mails of 50 recipients through at 14 a second',
    async () => {
      const options = { count: 4, callers: 2, recipients: 50, rate: 14, throttleShare: 0 };
      const result = await rateScenario(options);
      expect(result).toMatchObject({ arrived: 4, missing: [], copies: 0, failed: 0, parked: 0 });
    },
    2 * MINUTES,
  );

  it(
    'keeps mail untouched while SES is paused and sends it afterwards',
    async () => {
      const options = { count: 60, rate: 30, timeScale: 60, pause: 10_000 };
      const result = await pauseScenario(options);
      expect(result).toMatchObject({ arrived: 60, missing: [], copies: 0, failed: 0, parked: 0 });
      expect(result.callsWhilePaused).toBe(0);
      expect(result.mostReceives).toBeLessThanOrEqual(20);
    },
    3 * MINUTES,
  );

  it(
    'loses and doubles nothing when all of it is killed while SES calls are under way',
    async () => {
      const result = await killScenario({ count: 60, kills: 2, underWay: 5, timeScale: 60 });
      expect(result).toMatchObject({ arrived: 60, missing: [], copies: 0, failed: 0, parked: 0 });
    },
    5 * MINUTES,
  );

  it(
    'brings one account its webhooks beside an endpoint of another that does not answer',
    async () => {
      const options = { slowEvents: 100, slowness: 15_000, emails: 30, every: 150 };
      const { missing, slowUnderWay } = await isolationScenario(options);
      expect(missing).toBe(0);
      expect(slowUnderWay).toBe(3);
    },
    3 * MINUTES,
  );

  it(
    'accepts nothing that is begun after a key was revoked',
    async () => {
      const result = await revokeScenario({ processes: 3, after: 300 });
      expect(result).toMatchObject({ acceptedAfter: 0, odd: 0 });
      expect(result.after).toBeGreaterThanOrEqual(300);
      expect(result.acceptedBefore).toBeGreaterThan(0);
    },
    2 * MINUTES,
  );

  it(
    'sends everything after an outage of SES and flags every second copy',
    async () => {
      const result = await outageScenario({ count: 40, outage: 3000, timeScale: 60 });
      expect(result).toMatchObject({
        arrived: 40,
        missing: [],
        unflagged: 0,
        failed: 0,
        parked: 0,
      });
      expect(result.failedCalls).toBeGreaterThan(0);
    },
    3 * MINUTES,
  );
});
