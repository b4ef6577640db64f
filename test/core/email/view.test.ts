import { describe, expect, it } from '@jest/globals';
import type { Email, Fact } from '../../../lambdas/core/email/email.ts';
import { recipientStates, statusOf } from '../../../lambdas/core/email/status.ts';
import { acceptedView, emailView } from '../../../lambdas/core/email/view.ts';
import { anEmail, EMAIL, NOW } from './fakes.ts';

const at = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();
const delivered = (recipient: number): Fact => ({ type: 'delivered', recipient, at: at(5) });
const sent: Fact = { type: 'sent', at: at(3) };
const failure = { code: 'MessageRejected', message: 'SES said no.', at: at(2) };
const two = { to: 'ada@example.org', cc: ['bob@example.org'] };

describe('the status of an email', () => {
  it.each<[Partial<Email>, string]>([
    [{}, 'queued'],
    [{ phase: 'sending' }, 'sending'],
    [{ phase: 'sent', taken: true }, 'sent'],
    [{ phase: 'failed', failure }, 'failed'],
    [{ phase: 'sending', facts: [sent] }, 'sent'],
    [{ phase: 'failed', failure, facts: [sent] }, 'sent'],
    [{ phase: 'queued', facts: [delivered(0)] }, 'delivered'],
    [{ ...two, taken: true, facts: [delivered(1)] }, 'sent'],
    [{ ...two, taken: true, facts: [delivered(1), delivered(0)] }, 'delivered'],
  ])('with %j is %s', (changes, status) => {
    expect(statusOf(anEmail(changes))).toBe(status);
  });

  it('is told for each recipient', () => {
    expect(recipientStates(anEmail({ ...two, taken: true, facts: [delivered(1)] }))).toEqual([
      { address: 'ada@example.org', status: 'sent' },
      { address: 'bob@example.org', status: 'delivered' },
    ]);
  });
});

describe("the 202's body", () => {
  it('has exactly the keys of the contract in their order', () => {
    expect(JSON.stringify(acceptedView(anEmail({ ...two, tags: ['x'], phase: 'sending' })))).toBe(
      `{"id":"${EMAIL}","status":"queued","from":"shop@example.com","to":"ada@example.org","subject":"Hello","createdAt":"2026-11-23T05:50:00.250Z"}`,
    );
  });
});

describe('the view of an email', () => {
  it("begins with the 202's keys and goes on with its own, absent fields as empty ones", () => {
    const view = emailView(anEmail());
    const keys =
      'id status from to subject createdAt environment cc bcc replyTo tags recipients events failure possibleDuplicate';
    expect(Object.keys(view)).toEqual(keys.split(' '));
    expect(view).toMatchObject({ cc: [], bcc: [], replyTo: null, tags: [], failure: null });
  });

  it('shows the time line in order, each with its recipient or null', () => {
    const deferred = { code: 'X', message: 'SES was busy.', at: at(1) };
    const email = anEmail({ ...two, deferred, taken: true, facts: [delivered(1), sent] });
    expect(emailView(email).events).toEqual([
      { type: 'queued', recipient: null, timestamp: at(0) },
      { type: 'deferred', recipient: null, timestamp: at(1), message: 'SES was busy.' },
      { type: 'sent', recipient: null, timestamp: at(3) },
      { type: 'delivered', recipient: 'bob@example.org', timestamp: at(5) },
    ]);
  });

  it("shows SES's answer as sent until SES reports it", () => {
    const { events } = emailView(anEmail({ phase: 'sent', taken: true, takenAt: at(4) }));
    expect(events.at(-1)).toEqual({ type: 'sent', recipient: null, timestamp: at(4) });
  });

  it('says why an email failed, unless it turned out to be sent', () => {
    const { failure: shown, events } = emailView(anEmail({ phase: 'failed', failure }));
    expect(shown).toEqual({ code: failure.code, message: failure.message });
    expect(events.at(-1)).toMatchObject({ type: 'failed', message: failure.message });
    const corrected = emailView(anEmail({ phase: 'failed', failure, taken: true, facts: [sent] }));
    expect(corrected.failure).toBeNull();
    expect(corrected.status).toBe('sent');
    expect(corrected.events.map(({ type }) => type)).toEqual(['queued', 'sent']);
  });

  it('says when it may have gone out twice', () => {
    expect(emailView(anEmail({ attempt: 2, unanswered: 1 })).possibleDuplicate).toBe(true);
    expect(emailView(anEmail({ attempt: 2, unanswered: 0 })).possibleDuplicate).toBe(false);
    expect(emailView(anEmail({ attempt: 1, unanswered: 0 })).possibleDuplicate).toBe(false);
  });
});
