import { describe, expect, it } from '@jest/globals';
import { times, webhookSteps } from '../../../lambdas/core/contract/times.ts';

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

  it('says in production, in seconds, what the documents promise', () => {
    const seconds = Object.entries(times(1)).map(([name, time]) => [name, time / 1000]);
    expect(Object.fromEntries(seconds)).toEqual({
      sendFor: 86_400,
      lease: 600,
      deliverTimeout: 60,
      sesTimeout: 15,
      claimMargin: 5,
      rateWait: 20,
      recordTimeout: 30,
      recordVisibility: 180,
      retryFirst: 5,
      retryMost: 300,
      gateHideLeast: 300,
      gateHideMost: 900,
      recordGrace: 120,
      webhookDeadline: 15,
      webhookTimeout: 30,
      webhookLongestHide: 900,
      dueLease: 1200,
      sweepAhead: 60,
      webhookGiveUp: 432_000,
      domainGiveUp: 259_200,
      domainPauseLeast: 120,
      domainPauseMost: 14_400,
      domainPauseVerified: 86_400,
      domainLoss: 3600,
    });
  });

  it('is at the largest scale its floor or a sixtieth, in milliseconds', () => {
    expect(times(60)).toEqual({
      sendFor: 1_440_000,
      lease: 10_000,
      deliverTimeout: 6000,
      sesTimeout: 2000,
      claimMargin: 500,
      rateWait: 2000,
      recordTimeout: 3000,
      recordVisibility: 6000,
      retryFirst: 1000,
      retryMost: 5000,
      gateHideLeast: 5000,
      gateHideMost: 15_000,
      recordGrace: 15_000,
      webhookDeadline: 2000,
      webhookTimeout: 6000,
      webhookLongestHide: 15_000,
      dueLease: 30_000,
      sweepAhead: 1000,
      webhookGiveUp: 7_200_000,
      domainGiveUp: 4_320_000,
      domainPauseLeast: 2000,
      domainPauseMost: 240_000,
      domainPauseVerified: 1_440_000,
      domainLoss: 60_000,
    });
  });

  it('has floors that hold however large the scale', () => {
    expect(times(1e9)).toMatchObject({
      sendFor: 60_000,
      lease: 9000,
      gateHideLeast: 2000,
      gateHideMost: 6000,
      webhookLongestHide: 10_000,
      sweepAhead: 1000,
      webhookGiveUp: 60_000,
      domainGiveUp: 60_000,
      domainPauseLeast: 1000,
      domainPauseMost: 5000,
      domainPauseVerified: 10_000,
      domainLoss: 2000,
    });
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

describe('the pauses between the tries of a webhook', () => {
  it('are the contract’s', () => {
    const hour = 3600;
    const seconds = webhookSteps(1).map((pause) => pause / 1000);
    expect(seconds).toEqual([
      5,
      300,
      1800,
      2 * hour,
      5 * hour,
      10 * hour,
      14 * hour,
      20 * hour,
      24 * hour,
    ]);
  });

  it('are never shorter than a second', () => {
    expect(webhookSteps(60).slice(0, 3)).toEqual([1000, 5000, 30_000]);
  });
});
