import { describe, expect, it } from '@jest/globals';
import { times } from '../../../lambdas/core/contract/times.ts';

const scales = Array.from({ length: 60 }, (_, i) => i + 1);

describe('the time table', () => {
  it('is in production what the architecture says', () => {
    const table = times(1);
    expect(table.sendFor).toBe(24 * 3600 * 1000);
    expect(table.lease).toBe(600_000);
    expect(table.lease).toBeGreaterThanOrEqual(6 * table.deliverTimeout);
    expect(table.recordGrace).toBe(120_000);
    expect(table.recordVisibility).toBeGreaterThanOrEqual(6 * table.recordTimeout);
  });

  it.each(scales)('keeps its order at scale %i', (scale) => {
    const table = times(scale);
    expect(table.sesTimeout + table.claimMargin).toBeLessThan(table.deliverTimeout);
    // A wait for the rate must leave time for a claim and a call.
    expect(table.rateWait + table.sesTimeout + table.claimMargin).toBeLessThan(
      table.deliverTimeout,
    );
    expect(table.deliverTimeout).toBeLessThan(table.lease);
    expect(table.recordTimeout).toBeLessThan(table.recordVisibility);
    expect(table.recordVisibility).toBeLessThan(table.lease);
    expect(table.retryFirst).toBeLessThanOrEqual(table.retryMost);
    expect(table.gateHideLeast).toBeLessThan(table.gateHideMost);
    expect(table.lease * 3).toBeLessThan(table.sendFor);
    expect(table.retryMost).toBeLessThan(table.sendFor);
    expect(table.recordGrace).toBeGreaterThan(table.deliverTimeout);
    for (const time of Object.values(table)) expect(Number.isInteger(time)).toBe(true);
  });

  it('never grows with the scale', () => {
    for (const scale of scales.slice(1)) {
      const faster = Object.entries(times(scale));
      const slower = new Map(Object.entries(times(scale - 1)));
      for (const [name, time] of faster) expect(time).toBeLessThanOrEqual(slower.get(name) ?? 0);
    }
  });
});
