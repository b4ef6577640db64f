import { describe, expect, it } from '@jest/globals';
import { parse } from 'valibot';
import { mailOf } from '../../../../lambdas/core/email/event-tags.ts';
import { KINDS, kindOf, type Words } from '../../../../lambdas/core/email/events/kinds.ts';
import { eventOf } from '../../../../lambdas/core/email/events/outcomes.ts';
import { decodeFact, encodeFact } from '../../../../lambdas/core/email/fact.ts';
import { factsOf } from '../../../../lambdas/core/email/feedback.ts';
import { sesEventSchema } from '../../../../lambdas/core/email/ses-event.ts';
import { anEmail } from '../fakes.ts';
import { at } from '../ses-events.ts';

const ADA = 'ada@example.org';
const email = anEmail({ to: ADA });
const about = { address: ADA, suspects: [ADA], at: at(5), after: 5000, feedbackId: 'x' };

describe('a kind of event', () => {
  it.each(KINDS)('$type has a sample that can be stored and read back', ({ sample }) => {
    const fact = { ...sample, at: at(5) };

    expect(decodeFact(encodeFact(fact))).toEqual(fact);
  });

  it.each(KINDS)('$type has a simulation that is read as such a fact', (kind) => {
    const event = { ...eventOf(kind, about), mail: mailOf(email, 1) };

    const { facts, unknownRecipients } = factsOf(parse(sesEventSchema, event), email);

    expect(facts.map(({ type }) => type)).toEqual([kind.type]);
    expect(unknownRecipients).toBe(0);
  });

  it('has a name, events of SES, a rank and a counter of its own', () => {
    const own = (values: readonly unknown[]) => expect(new Set(values).size).toBe(values.length);

    own(KINDS.map(({ type }) => type));
    own(KINDS.flatMap(({ reports }) => reports.map(({ eventType }) => eventType)));
    own(KINDS.map(({ status }) => status.rank));
    const counters = KINDS.flatMap(({ counter }) => counter ?? []);
    own(counters);
    expect(counters).toEqual(counters.map(() => expect.stringMatching(/^[a-z]$/)));
  });

  it('that nobody declared is an error', () => {
    expect(() => kindOf('opened' as Words['type'])).toThrow('no kind of event called opened');
  });
});
