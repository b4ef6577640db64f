import { describe, expect, it } from '@jest/globals';
import { isolationScenario } from '../../bench/scenarios/isolation.ts';
import { killScenario } from '../../bench/scenarios/kill.ts';
import { revokeScenario } from '../../bench/scenarios/revoke.ts';

/** The short forms of `npm run scenarios`; the figures to quote are of the full ones. */
describe('the whole local system under faults', () => {
  it('loses and doubles nothing when all of it is killed while SES calls are under way', async () => {
    const result = await killScenario({ count: 60, kills: 2, underWay: 5, timeScale: 60 });
    expect(result).toMatchObject({ arrived: 60, missing: [], copies: 0, failed: 0, parked: 0 });
  });

  it('brings one account its webhooks beside an endpoint of another that does not answer', async () => {
    const options = { slowEvents: 100, slowness: 15_000, emails: 30, every: 150 };
    const { missing, slowUnderWay } = await isolationScenario(options);
    expect(missing).toBe(0);
    expect(slowUnderWay).toBe(3);
  });

  it('accepts nothing that is begun after a key was revoked', async () => {
    const result = await revokeScenario({ processes: 2, after: 300 });
    expect(result).toMatchObject({ acceptedAfter: 0, odd: 0 });
    expect(result.after).toBeGreaterThanOrEqual(300);
    expect(result.acceptedBefore).toBeGreaterThan(0);
  });
});
