import { describe, expect, it } from '@jest/globals';
import { parse } from 'valibot';
import type { Email } from '../../../lambdas/core/email/email.ts';
import { suppressionsOf } from '../../../lambdas/core/email/feedback.ts';
import { sesEventSchema } from '../../../lambdas/core/email/ses-event.ts';
import { anEmail, EMAIL } from './fakes.ts';
import { at, type RawEvent, sesEvents } from './ses-events.ts';

const ses = sesEvents(anEmail());
const of = (event: RawEvent, environment: Email['environment'] = 'live') =>
  suppressionsOf(parse(sesEventSchema, event), environment, at(9));
const BOB = 'bob@example.org';
const bounced = {
  address: BOB,
  reason: 'bounced',
  detail: 'General',
  emailId: EMAIL,
  createdAt: at(9),
  expiresAt: null,
};

describe('suppressions', () => {
  it('come from a permanent bounce, one for each address, normalised', () => {
    expect(
      of(ses.bounce(['BOB@Example.org', 'Bob <bob@example.org>', 'Ada@Bücher.example'])),
    ).toEqual([bounced, { ...bounced, address: 'ada@xn--bcher-kva.example' }]);
  });

  it('come from addresses that we could not have accepted, too', () => {
    expect(of(ses.bounce([' rfc822;Odd One '])).map(({ address }) => address)).toEqual([
      'rfc822;odd one',
    ]);
  });

  it.each(['Suppressed', 'OnAccountSuppressionList'])(
    'of the bounce subtype %s end after 14 days',
    (subType) => {
      const expiresAt = '2026-12-07T05:50:09.250Z';
      expect(of(ses.bounce([BOB], { subType }))).toEqual([
        { ...bounced, detail: subType, expiresAt },
      ]);
    },
  );

  it('come from a complaint, with what the provider calls it', () => {
    const complained = { ...bounced, reason: 'complained', detail: 'abuse' };
    expect(of(ses.complaint([BOB]))).toEqual([complained]);
    const complaint = (more: object) => ({
      ...ses.complaint([]),
      complaint: { complainedRecipients: [{ emailAddress: BOB }], ...more },
    });
    expect(of(complaint({}))[0]?.detail).toBeNull();
    expect(of(complaint({ complaintSubType: 'OnAccountSuppressionList' }))[0]?.detail).toBe(
      'OnAccountSuppressionList',
    );
  });

  it('say of a complaint that names several that it was one of them', () => {
    const found = of(ses.complaint([BOB, 'eve@example.org', 'BOB@example.org']));
    expect(found.map(({ address, detail }) => [address, detail])).toEqual([
      [BOB, 'one of 2 recipients SES named'],
      ['eve@example.org', 'one of 2 recipients SES named'],
    ]);
  });

  it.each([
    ['a transient bounce', ses.bounce([BOB], { type: 'Transient' })],
    ['an undetermined bounce', ses.bounce([BOB], { type: 'Undetermined' })],
    [
      'a bounce without a kind',
      { ...ses.bounce([]), bounce: { bouncedRecipients: [{ emailAddress: BOB }] } },
    ],
    ['a delay', ses.delay([BOB])],
    ['a delivery', ses.delivery([BOB])],
    ['a rejection', ses.reject()],
    ['an address of the simulator', ses.bounce(['Bounce@simulator.amazonses.com'])],
  ])('do not come from %s', (_, event) => {
    expect(of(event)).toEqual([]);
  });

  it('do not come from test mail', () => {
    expect(of(ses.bounce([BOB]), 'test')).toEqual([]);
    expect(of(ses.complaint([BOB]), 'test')).toEqual([]);
  });
});
