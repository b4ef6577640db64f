import { describe, expect, it } from '@jest/globals';
import { parse } from 'valibot';
import type { Email } from '../../../lambdas/core/email/email.ts';
import { factsOf } from '../../../lambdas/core/email/feedback.ts';
import { sesEventSchema } from '../../../lambdas/core/email/ses-event.ts';
import { anEmail } from './fakes.ts';
import { at, type RawEvent, sesEvents } from './ses-events.ts';

const email: Email = anEmail({
  to: ['Ada <Ada@Bücher.example>', 'bob@example.org'],
  cc: ['eve@example.org'],
});
const ses = sesEvents(email);
const of = (event: RawEvent) => factsOf(parse(sesEventSchema, event), email);

describe('what an event says', () => {
  it('is one fact about all for a send, a rejection and a rendering failure', () => {
    expect(of(ses.send())).toEqual({ facts: [{ type: 'sent', at: at(1) }], unknownRecipients: 0 });
    const rejected = { type: 'rejected', at: at(1) };
    expect(of(ses.reject()).facts).toEqual([{ ...rejected, reason: 'Bad content' }]);
    const reason = "Attribute 'name' is not present.";
    expect(of(ses.renderingFailure()).facts).toEqual([{ ...rejected, reason }]);
  });

  it('has a reason where SES gave none', () => {
    const bare = (eventType: string) => of({ eventType, mail: ses.send().mail }).facts[0];
    expect(bare('Reject')).toMatchObject({ reason: 'no reason given' });
    expect(bare('Rendering Failure')).toMatchObject({ reason: 'rendering failed' });
  });

  it('is one fact for each recipient, in whatever spelling, and counts unknown recipients', () => {
    const names = ['EVE@example.org', 'ada@xn--bcher-kva.example', 'who@example.org', 'no address'];
    expect(of(ses.delivery(names))).toEqual({
      facts: [
        { type: 'delivered', recipient: 2, at: at(3) },
        { type: 'delivered', recipient: 0, at: at(3) },
      ],
      unknownRecipients: 2,
    });
  });

  it('is said once of a recipient that is named twice, and once of a stranger', () => {
    const { facts, unknownRecipients } = of(
      ses.bounce(['bob@example.org', 'Bob <BOB@example.org>', 'who@x.example', 'WHO@x.example']),
    );
    expect(facts).toHaveLength(1);
    expect(unknownRecipients).toBe(1);
  });

  it('of a bounce holds its two kinds and the answer of the server', () => {
    const kind = { type: 'Transient', subType: 'MailboxFull', diagnostic: 'smtp; 452 full' };
    expect(of(ses.bounce(['bob@example.org'], kind)).facts).toEqual([
      {
        type: 'bounced',
        recipient: 1,
        at: at(4),
        bounceType: 'Transient',
        bounceSubType: 'MailboxFull',
        diagnostic: 'smtp; 452 full',
      },
    ]);
  });

  it('of a bounce or a delay without a kind is undetermined, as SES says itself', () => {
    const bounced = { bouncedRecipients: [{ emailAddress: 'bob@example.org' }] };
    expect(of({ ...ses.bounce([]), bounce: bounced }).facts).toEqual([
      {
        type: 'bounced',
        recipient: 1,
        at: at(1),
        bounceType: 'Undetermined',
        bounceSubType: 'Undetermined',
      },
    ]);
    const delayed = { delayedRecipients: bounced.bouncedRecipients };
    expect(of({ ...ses.delay([]), deliveryDelay: delayed }).facts).toMatchObject([
      { delayType: 'Undetermined' },
    ]);
  });

  it('of a complaint holds the kind and how many are named', () => {
    const { facts } = of(ses.complaint(['bob@example.org', 'eve@example.org', 'who@x.example']));
    const words = { type: 'complained', at: at(60), feedbackType: 'abuse', suspects: 3 };
    expect(facts).toEqual([
      { ...words, recipient: 1 },
      { ...words, recipient: 2 },
    ]);
    const bare = { complainedRecipients: [{ emailAddress: 'bob@example.org' }] };
    expect(of({ ...ses.complaint([]), complaint: bare }).facts).toEqual([
      { type: 'complained', at: at(1), suspects: 1, recipient: 1 },
    ]);
  });

  it('of a delay holds its kind and the answer of the server', () => {
    expect(of(ses.delay(['bob@example.org'])).facts).toEqual([
      {
        type: 'delivery_delayed',
        recipient: 1,
        at: at(2),
        delayType: 'MailboxFull',
        diagnostic: 'smtp; 452 4.2.2 mailbox full',
      },
    ]);
  });

  it('without any time happened when the mail was accepted', () => {
    const { tags } = ses.send().mail;
    expect(of({ eventType: 'Send', mail: { tags } }).facts[0]?.at).toBe(at(0));
  });

  it('is nothing where we gave the email up ourselves', () => {
    expect(of({ ...ses.send(), eventType: 'Gave Up' })).toEqual({
      facts: [],
      unknownRecipients: 0,
    });
  });
});
