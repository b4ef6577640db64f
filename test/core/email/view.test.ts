import { describe, expect, it } from '@jest/globals';
import type { Email, Fact } from '../../../lambdas/core/email/email.ts';
import { acceptedView, emailView } from '../../../lambdas/core/email/view.ts';
import { anEmail, EMAIL } from './fakes.ts';
import { at } from './ses-events.ts';

const delivered = (recipient: number): Fact => ({ type: 'delivered', recipient, at: at(5) });
const sent: Fact = { type: 'sent', at: at(3) };
const failure = { code: 'MessageRejected', message: 'SES said no.', at: at(2) };
const two = { to: 'ada@example.org', cc: ['bob@example.org'] };
const linesOf = (changes: Partial<Email>) => emailView(anEmail({ ...two, ...changes })).events;

describe("the 202's body", () => {
  it('has exactly the keys of docs/api.md in their order', () => {
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

  it('says why an email failed, unless it turned out to be sent', () => {
    const { failure: shown, events } = emailView(anEmail({ phase: 'failed', failure }));
    expect(shown).toEqual({ code: failure.code, message: failure.message });
    expect(events.at(-1)).toMatchObject({ type: 'failed', message: failure.message });
    const corrected = emailView(anEmail({ phase: 'failed', failure, taken: true, facts: [sent] }));
    expect(corrected.failure).toBeNull();
    expect(corrected.status).toBe('sent');
    expect(corrected.events.map(({ type }) => type)).toEqual(['queued', 'sent']);
  });

  it('says why SES rejected it, the same reason in whatever order they came', () => {
    const rejected = (reason: string): Fact => ({ type: 'rejected', at: at(3), reason });
    const shown = (...facts: Fact[]) => emailView(anEmail({ taken: true, facts })).failure;
    const message = 'Amazon SES took the mail and then did not send it: Bad content';
    expect(shown(rejected('Bad content'))).toEqual({ code: 'rejected', message });
    expect(shown(rejected('Z'), rejected('A'))).toEqual(shown(rejected('A'), rejected('Z')));
    expect(shown(rejected('A'), delivered(0))).toBeNull();
  });

  it('says when it may have gone out twice', () => {
    expect(emailView(anEmail({ attempt: 2, unanswered: 1 })).possibleDuplicate).toBe(true);
    expect(emailView(anEmail({ attempt: 2, unanswered: 0 })).possibleDuplicate).toBe(false);
    expect(emailView(anEmail({ attempt: 1, unanswered: 0 })).possibleDuplicate).toBe(false);
  });
});

describe('the time line', () => {
  it('is in order, each entry with its recipient or null', () => {
    const deferred = { code: 'X', message: 'SES was busy.', at: at(1) };
    expect(linesOf({ deferred, taken: true, facts: [delivered(1), sent] })).toEqual([
      { type: 'queued', recipient: null, timestamp: at(0) },
      { type: 'deferred', recipient: null, timestamp: at(1), message: 'SES was busy.' },
      { type: 'sent', recipient: null, timestamp: at(3) },
      { type: 'delivered', recipient: 'bob@example.org', timestamp: at(5) },
    ]);
  });

  it('is by time, whatever came first in the pipeline', () => {
    const late = { type: 'sent', at: at(9) } as const;
    const deferred = { code: 'X', message: 'SES was busy.', at: at(7) };
    const lines = linesOf({ deferred, taken: true, facts: [late, delivered(0), delivered(1)] });
    expect(lines.map(({ type }) => type)).toEqual([
      'queued',
      'delivered',
      'delivered',
      'deferred',
      'sent',
    ]);
  });

  it('has one entry for the sending, of SES once SES has reported it', () => {
    const lines = linesOf({ phase: 'sent', taken: true, takenAt: at(4), facts: [sent] });
    expect(lines.filter(({ type }) => type === 'sent')).toEqual([
      { type: 'sent', recipient: null, timestamp: at(3) },
    ]);
  });

  it("shows SES's answer as sent until SES reports it", () => {
    const events = linesOf({ phase: 'sent', taken: true, takenAt: at(4) });
    expect(events.at(-1)).toEqual({ type: 'sent', recipient: null, timestamp: at(4) });
  });

  it('says of each fact what SES said', () => {
    const about = { recipient: 0, at: at(5) };
    const bounce = { type: 'bounced', bounceType: 'Permanent', bounceSubType: 'General' } as const;
    const said = (fact: Fact) => linesOf({ facts: [fact] }).at(-1);
    expect(said({ ...about, ...bounce, diagnostic: 'smtp; 550 no' })).toEqual({
      type: 'bounced',
      recipient: 'ada@example.org',
      timestamp: at(5),
      message: 'Permanent bounce, General: smtp; 550 no',
    });
    expect(said({ ...about, ...bounce })?.message).toBe('Permanent bounce, General');
    const complaint = { ...about, type: 'complained', feedbackType: 'abuse' } as const;
    expect(said({ ...complaint, suspects: 1 })?.message).toBe('abuse');
    expect(said({ ...complaint, suspects: 3 })?.message).toBe(
      'SES named 3 recipients, one of whom complained: abuse',
    );
    expect(said({ ...about, type: 'complained', suspects: 1 })).not.toHaveProperty('message');
    expect(said({ ...about, type: 'delivery_delayed', delayType: 'IPFailure' })?.message).toBe(
      'IPFailure',
    );
    expect(said({ type: 'rejected', at: at(5), reason: 'Bad content' })).toMatchObject({
      recipient: null,
      message: 'Amazon SES took the mail and then did not send it: Bad content',
    });
  });

  it('is the same for facts of one moment in whatever order they came', () => {
    const facts: Fact[] = [
      { type: 'sent', at: at(5) },
      { type: 'delivery_delayed', recipient: 0, at: at(5), delayType: 'General' },
      delivered(0),
      delivered(1),
      { type: 'complained', recipient: 0, at: at(5), suspects: 1 },
    ];
    const events = linesOf({ facts });
    expect(events.map(({ type }) => type).slice(1)).toEqual(facts.map(({ type }) => type));
    expect(linesOf({ facts: facts.toReversed() })).toEqual(events);
  });
});
