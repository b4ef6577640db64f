import { describe, expect, it } from '@jest/globals';
import type { Email, Fact } from '../../../lambdas/core/email/email.ts';
import { EMAIL_STATUSES, recipientStates, statusOf } from '../../../lambdas/core/email/status.ts';
import { anEmail } from './fakes.ts';
import { at } from './ses-events.ts';

const sent: Fact = { type: 'sent', at: at(3) };
const rejected: Fact = { type: 'rejected', at: at(3), reason: 'Bad content' };
const delivered = (recipient: number): Fact => ({ type: 'delivered', recipient, at: at(5) });
const complained = (recipient: number): Fact => ({
  type: 'complained',
  recipient,
  at: at(5),
  suspects: 1,
});
const delayed = (recipient: number): Fact => ({
  type: 'delivery_delayed',
  recipient,
  at: at(5),
  delayType: 'General',
});
const bounced = (recipient: number, bounceType = 'Permanent', seconds = 5): Fact => ({
  type: 'bounced',
  recipient,
  at: at(seconds),
  bounceType,
  bounceSubType: `${bounceType} ${seconds}`,
});
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
    [{ facts: [delayed(0)] }, 'delivery_delayed'],
    [{ facts: [delayed(0), delivered(0)] }, 'delivered'],
    [{ facts: [delivered(0), bounced(0, 'Transient')] }, 'bounced'],
    [{ facts: [bounced(0), complained(0)] }, 'complained'],
    [{ facts: [rejected] }, 'failed'],
    [{ facts: [rejected, delivered(0)] }, 'delivered'],
    [{ facts: [rejected, delayed(0)] }, 'failed'],
    [{ ...two, facts: [delivered(1)] }, 'sent'],
    [{ ...two, facts: [delivered(1), delivered(0)] }, 'delivered'],
    [{ ...two, facts: [delivered(1), delayed(0)] }, 'delivery_delayed'],
    [{ ...two, facts: [delivered(0), bounced(1)] }, 'bounced'],
    [{ ...two, facts: [bounced(0), complained(1)] }, 'complained'],
    [{ ...two, facts: [rejected, bounced(1)] }, 'bounced'],
  ])('with %j is %s', (changes, status) => {
    expect(statusOf(anEmail(changes))).toBe(status);
    expect(statusOf(anEmail({ ...changes, facts: changes.facts?.toReversed() ?? [] }))).toBe(
      status,
    );
  });

  it('is one that lists can be filtered by', () => {
    expect(EMAIL_STATUSES).toHaveLength(8);
  });
});

describe('the state of a recipient', () => {
  it('is its own', () => {
    const facts = [delivered(1)];
    expect(recipientStates(anEmail({ ...two, taken: true, facts }))).toEqual([
      { address: 'ada@example.org', status: 'sent' },
      { address: 'bob@example.org', status: 'delivered' },
    ]);
  });

  it('that bounced has the kind of the permanent bounce, else of the earliest', () => {
    const shown = (...facts: Fact[]) => recipientStates(anEmail({ facts }))[0];
    const early = bounced(0, 'Transient', 4);
    const late = bounced(0, 'Undetermined', 6);
    const address = 'ada@example.org';
    const first = { bounceType: 'Transient', bounceSubType: 'Transient 4' };
    expect(shown(late, early)).toEqual({ address, status: 'bounced', ...first });
    expect(shown(early, late)).toEqual(shown(late, early));
    const hard = { bounceType: 'Permanent', bounceSubType: 'Permanent 5' };
    expect(shown(early, bounced(0))).toEqual({ address, status: 'bounced', ...hard });
    expect(shown(bounced(0), early)).toMatchObject(hard);
  });

  it('that complained shows no kind of bounce', () => {
    const facts = [bounced(0), complained(0)];
    expect(recipientStates(anEmail({ facts }))).toEqual([
      { address: 'ada@example.org', status: 'complained' },
    ]);
  });
});
