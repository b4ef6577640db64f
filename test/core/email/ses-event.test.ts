import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { is, parse } from 'valibot';
import type { Fact } from '../../../lambdas/core/email/email.ts';
import { emailOf, factsOf, sesEventSchema } from '../../../lambdas/core/email/ses-event.ts';
import { simulatedEvents } from '../../../lambdas/core/email/simulation.ts';
import { emailView } from '../../../lambdas/core/email/view.ts';
import { ACCOUNT, anEmail, EMAIL, NONCE } from './fakes.ts';

const EMAIL_OF_THREE = anEmail({
  to: ['Ada <Ada@Bücher.example>', 'bob@example.org'],
  cc: ['eve@example.org'],
});
const mail = {
  timestamp: '2026-11-23T05:50:01Z',
  tags: { 'ml-account': [ACCOUNT], 'ml-email': [EMAIL], 'ml-nonce': [NONCE], 'ses:x': ['y', 'z'] },
};
const delivery = (recipients: string[], timestamp = '2026-11-23T05:50:02.5Z') =>
  parse(sesEventSchema, {
    eventType: 'Delivery',
    mail,
    delivery: { timestamp, recipients, smtpResponse: '250 ok' },
  });

/** Facts as the record keeps them: a set. */
function setOf(facts: readonly Fact[]): Fact[] {
  const byKey = new Map(facts.map((fact) => [JSON.stringify(fact), fact]));
  return [...byKey.values()];
}

describe('an event of SES', () => {
  it('names its email by the tags that were sent with it', () => {
    expect(emailOf(delivery([]))).toEqual({ account: ACCOUNT, id: EMAIL, nonce: NONCE });
  });

  it('of a send is one fact about all recipients, its time in UTC with milliseconds', () => {
    const event = parse(sesEventSchema, { eventType: 'Send', mail, send: {} });
    const at = '2026-11-23T05:50:01.000Z';
    expect(factsOf(event, EMAIL_OF_THREE)).toEqual({ facts: [{ type: 'sent', at }], strangers: 0 });
  });

  it('of a delivery is one fact for each recipient, in whatever spelling, and counts strangers', () => {
    const names = ['EVE@example.org', 'ada@xn--bcher-kva.example', 'who@example.org', 'no address'];
    const at = '2026-11-23T05:50:02.500Z';
    expect(factsOf(delivery(names), EMAIL_OF_THREE)).toEqual({
      facts: [
        { type: 'delivered', recipient: 2, at },
        { type: 'delivered', recipient: 0, at },
      ],
      strangers: 2,
    });
  });

  it.each([
    [{ eventType: 'Send', mail: { ...mail, tags: {} } }],
    [{ eventType: 'Send', mail: { ...mail, timestamp: 'soon' } }],
    [{ eventType: 'Open', mail }],
    [{ eventType: 'Delivery', mail }],
    ['a sentence'],
    [null],
  ])('is not %j', (event) => {
    expect(is(sesEventSchema, event)).toBe(false);
  });

  it('leads to the same view in any order and repeated any number of times', () => {
    const events = [
      parse(sesEventSchema, { eventType: 'Send', mail }),
      delivery(['bob@example.org']),
      delivery(['ada@xn--bcher-kva.example', 'eve@example.org'], '2026-11-23T05:50:03Z'),
      delivery(['bob@example.org'], '2026-11-23T05:50:04Z'),
    ];
    const view = (order: typeof events) => {
      const facts = order.flatMap((event) => factsOf(event, EMAIL_OF_THREE).facts);
      const { events: line, ...rest } = emailView({ ...EMAIL_OF_THREE, facts: setOf(facts) });
      return { ...rest, line: line.map((entry) => JSON.stringify(entry)).sort() };
    };
    const expected = view(events);
    expect(expected.status).toBe('delivered');
    const shuffled = fc.shuffledSubarray(events, { minLength: events.length });
    fc.assert(
      fc.property(shuffled, fc.array(fc.constantFrom(...events)), (order, repeated) => {
        expect(view([...order, ...repeated])).toEqual(expected);
      }),
    );
  });
});

describe("a test mail's simulated events", () => {
  const email = anEmail({
    environment: 'test',
    to: ['ada@example.org', 'Bounced+1@example.org'],
    bcc: ['bouncedly@example.org'],
  });

  it('are what SES would report, and no delivery to bounced@', () => {
    const events = simulatedEvents(email, 1).map((event) => parse(sesEventSchema, event));
    expect(events.map((event) => event.eventType)).toEqual(['Send', 'Delivery', 'Delivery']);
    const indexes = events.flatMap((event) => factsOf(event, email).facts.map((f) => f.recipient));
    expect(indexes).toEqual([undefined, 0, 2]);
    for (const event of events) {
      expect(emailOf(event)).toEqual({ account: ACCOUNT, id: EMAIL, nonce: NONCE });
    }
  });

  it('are the same facts when they are made again', () => {
    const facts = (attempt: number) =>
      simulatedEvents(email, attempt).map((e) => factsOf(parse(sesEventSchema, e), email));
    expect(facts(2)).toEqual(facts(1));
  });
});
