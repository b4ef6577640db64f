import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'valibot';
import type { Fact } from '../../../lambdas/core/email/email.ts';
import { decodeFact, encodeFact, newFacts } from '../../../lambdas/core/email/fact.ts';
import { factsOf } from '../../../lambdas/core/email/feedback.ts';
import { sesEventSchema } from '../../../lambdas/core/email/ses-event.ts';
import { anEmail } from './fakes.ts';
import { at, type RawEvent, sesEvents } from './ses-events.ts';

const EMAIL = anEmail({ to: ['ada@example.org', 'bob@example.org'] });
const ses = sesEvents(EMAIL);
const factsIn = (event: RawEvent) => factsOf(parse(sesEventSchema, event), EMAIL).facts;

describe('a fact as a text', () => {
  const text = fc.string({ unit: 'binary', maxLength: 300 });
  const event = fc.oneof(
    fc.constantFrom(ses.send(), ses.delivery(['bob@example.org'])),
    fc
      .record({ type: text, subType: text, diagnostic: text })
      .map((kind) => ses.bounce(['bob@example.org'], kind)),
    fc.constantFrom(ses.complaint(['ada@example.org']), ses.delay(['ada@example.org'])),
    text.map((reason) => ({ ...ses.reject(), reject: { reason } })),
  );

  it('is read back as it was, and never takes more than 400 bytes', () => {
    fc.assert(
      fc.property(event, (each) => {
        const [fact] = factsIn(each) as [Fact];
        const encoded = encodeFact(fact);
        expect(decodeFact(encoded)).toEqual(fact);
        expect(Buffer.byteLength(encoded)).toBeLessThanOrEqual(400);
      }),
      { numRuns: 2000 },
    );
  });

  it('is short for the most frequent ones', () => {
    expect(encodeFact({ type: 'sent', at: at(1) })).toBe(`["sent",null,"${at(1)}"]`);
    expect(encodeFact({ at: at(1), recipient: 0, type: 'delivered' })).toBe(
      `["delivered",0,"${at(1)}"]`,
    );
  });
});

describe('merging facts', () => {
  it('leaves what the record does not hold yet', () => {
    const [sent, delivered] = [ses.send(), ses.delivery(['ada@example.org'])].flatMap(factsIn);
    if (!sent || !delivered) throw new Error('Two facts were foreseen.');
    const email = { ...EMAIL, facts: [{ ...sent }] };
    expect(newFacts(email, [sent, delivered])).toEqual([delivered]);
    expect(newFacts(email, [{ ...sent, at: at(7) }])).toHaveLength(1);
  });
});
