import { describe, expect, it } from '@jest/globals';
import type { Fact } from '../../../lambdas/core/email/email.ts';
import { countedEventsOf } from '../../../lambdas/core/statistics/counted-events.ts';
import { byMonth, type CountedEvent } from '../../../lambdas/core/statistics/statistics.ts';
import { ACCOUNT, anEmail, NOW } from '../email/fakes.ts';

const DAY = 24 * 3600 * 1000;
const at = (days: number) => new Date(NOW + days * DAY).toISOString();
const sent = (time = at(0)): Fact => ({ type: 'sent', at: time });
const delivered = (recipient: number, time = at(0)): Fact => ({
  type: 'delivered',
  recipient,
  at: time,
});
const email = anEmail({ to: ['ada@example.org', 'bob@example.org'], cc: ['eve@example.org'] });
const happened = (before: readonly Fact[], added: readonly Fact[], now = NOW + 9 * DAY) =>
  countedEventsOf(email, before, added, now);
const countedEvent = (change: Partial<CountedEvent>): CountedEvent => ({
  account: ACCOUNT,
  environment: 'live',
  day: '2026-11-23',
  kind: 'sent',
  recipients: 1,
  ...change,
});

describe('what happened to an email', () => {
  it('happened to all recipients where the fact names none', () => {
    expect(happened([], [sent()])).toEqual([countedEvent({ recipients: 3 })]);
  });

  it('happened to the one that the fact names', () => {
    expect(happened([], [delivered(1)])).toEqual([countedEvent({ kind: 'delivered' })]);
  });

  it('counts once for each recipient, whether it was known before or comes twice at once', () => {
    expect(happened([sent()], [sent(at(1))])).toEqual([]);
    expect(happened([delivered(0)], [delivered(0, at(1)), delivered(1), delivered(1)])).toEqual([
      countedEvent({ kind: 'delivered' }),
    ]);
  });

  it('counts the recipients that are new where a fact is about all', () => {
    const bounced = { type: 'bounced', at: at(0) } as unknown as Fact;
    expect(happened([{ ...bounced, recipient: 2 } as Fact], [bounced])).toEqual([
      countedEvent({ kind: 'bounced', recipients: 2 }),
    ]);
  });

  it('is not counted where nothing came of it: a delay or a rejection', () => {
    const delay = { type: 'delivery_delayed', recipient: 0, at: at(0) } as unknown as Fact;
    const rejected = { type: 'rejected', at: at(0) } as unknown as Fact;
    expect(happened([], [delay, rejected])).toEqual([]);
  });

  it.each([
    ['on its own day', at(2), NOW + 2 * DAY, '2026-11-25'],
    ['on the day of the accept where it claims to be earlier', at(-3), NOW, '2026-11-23'],
    ['today where it claims to be later', at(5), NOW + DAY, '2026-11-24'],
  ])('counts %s', (_, time, now, day) => {
    expect(happened([], [sent(time)], now)).toEqual([countedEvent({ day, recipients: 3 })]);
  });

  it('is added up by account, environment and month', () => {
    const first = countedEvent({});
    const second = countedEvent({ day: '2026-11-30', kind: 'bounced' });
    const test = countedEvent({ environment: 'test' });
    const later = countedEvent({ day: '2026-12-01' });
    const other = countedEvent({ account: 'b'.repeat(24) });
    const month = { account: ACCOUNT, environment: 'live', month: '2026-11' };
    expect(byMonth([first, test, second, later, other])).toEqual([
      { month, countedEvents: [first, second] },
      { month: { ...month, environment: 'test' }, countedEvents: [test] },
      { month: { ...month, month: '2026-12' }, countedEvents: [later] },
      { month: { ...month, account: 'b'.repeat(24) }, countedEvents: [other] },
    ]);
  });
});
