import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createQuota, createRate } from '../../../local/ses/rate.ts';

const calls = fc.array(fc.record({ pause: fc.integer({ min: 0, max: 400 }) }), { maxLength: 300 });

describe('the send rate', () => {
  it('lets no sliding second hold more single-recipient mails than it allows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), calls, (maximum, sequence) => {
        const rate = createRate(() => maximum);
        const accepted: number[] = [];
        let now = 0;
        for (const { pause } of sequence) {
          now += pause;
          if (rate.take(now, 1)) accepted.push(now);
        }
        for (const at of accepted) {
          const inSecond = accepted.filter((other) => other > at - 1000 && other <= at);
          expect(inSecond.length).toBeLessThanOrEqual(maximum);
        }
      }),
    );
  });

  it('refuses only when the second before is full', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), calls, (maximum, sequence) => {
        const rate = createRate(() => maximum);
        const accepted: number[] = [];
        let now = 0;
        for (const { pause } of sequence) {
          now += pause;
          if (rate.take(now, 1)) accepted.push(now);
          else expect(accepted.filter((at) => at > now - 1000)).toHaveLength(maximum);
        }
      }),
    );
  });

  it('takes a mail of 50 whole at 14 a second and has room again when its last are through', () => {
    const rate = createRate(() => 14);
    expect(rate.take(0, 50)).toBe(true);
    expect(rate.take(2999, 1)).toBe(false);
    expect(rate.take(3000, 50)).toBe(true);
  });

  it('follows a rate that changes', () => {
    let maximum = 1;
    const rate = createRate(() => maximum);
    expect([rate.take(0, 1), rate.take(500, 1)]).toEqual([true, false]);
    maximum = 2;
    expect(rate.take(500, 1)).toBe(true);
  });
});

describe('the quota', () => {
  it('counts the recipients of the last 24 hours', () => {
    const quota = createQuota();
    const day = 24 * 60 * 60 * 1000;
    quota.add(0, 3);
    quota.add(1000, 4);
    expect([quota.used(day - 1), quota.used(day), quota.used(day + 1000)]).toEqual([7, 4, 0]);
  });
});
