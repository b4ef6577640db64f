import { describe, expect, it } from '@jest/globals';
import { is, parse } from 'valibot';
import { mailOf } from '../../../lambdas/core/email/event-tags.ts';
import { FACT_TEXT } from '../../../lambdas/core/email/events/ses-report.ts';
import { timeOf } from '../../../lambdas/core/email/feedback.ts';
import { emailOf, sesEventSchema } from '../../../lambdas/core/email/ses-event.ts';
import { ACCOUNT, anEmail, EMAIL, NONCE } from './fakes.ts';
import { at, sesEvents } from './ses-events.ts';

const email = anEmail();
const ses = sesEvents(email);
const ADA = 'ada@example.org';
const every = [
  ses.send(),
  ses.delivery([ADA]),
  ses.bounce([ADA]),
  ses.complaint([ADA]),
  ses.delay([ADA]),
  ses.reject(),
  ses.renderingFailure(),
];
const send = ses.send();
const withMail = (mail: object) => ({ ...send, mail: { ...send.mail, ...mail } });
const withTags = (tags: object) => withMail({ tags: { ...(send.mail.tags as object), ...tags } });

/** Only what must be there. */
const BARE = [
  { eventType: 'Send' },
  { eventType: 'Delivery', delivery: { recipients: [ADA] } },
  { eventType: 'Bounce', bounce: { bouncedRecipients: [{ emailAddress: ADA }] } },
  { eventType: 'Complaint', complaint: { complainedRecipients: [{ emailAddress: ADA }] } },
  { eventType: 'DeliveryDelay', deliveryDelay: { delayedRecipients: [{ emailAddress: ADA }] } },
  { eventType: 'Reject' },
  { eventType: 'Rendering Failure' },
];

describe('an event of SES', () => {
  it.each(every)('of type $eventType is read, and names its email by our tags', (event) => {
    expect(emailOf(parse(sesEventSchema, event))).toEqual({
      account: ACCOUNT,
      id: EMAIL,
      nonce: NONCE,
    });
  });

  it.each(BARE)('of type $eventType needs no more than tags and recipients', (event) => {
    const { tags } = mailOf(email, 1);
    const bare = {
      'ml-account': tags['ml-account'],
      'ml-email': tags['ml-email'],
      'ml-nonce': tags['ml-nonce'],
    };
    const read = parse(sesEventSchema, { ...event, mail: { tags: bare } });
    expect(timeOf(read)).toBeUndefined();
  });

  it('may come with tags of several values, of which ours is the first', () => {
    const read = parse(sesEventSchema, withTags({ 'ml-email': [EMAIL, 'x'], more: ['y', 'z'] }));
    expect(emailOf(read).id).toBe(EMAIL);
  });

  it('may call its kinds, texts and times whatever it likes', () => {
    const odd = ses.bounce([ADA]);
    const bounce = {
      ...(odd.bounce as object),
      bounceType: 'New',
      bounceSubType: 7,
      timestamp: {},
    };
    const read = parse(sesEventSchema, { ...odd, bounce, extra: [1], mail: withMail({}).mail });
    expect(read).toMatchObject({ bounce: { bounceType: 'New', bounceSubType: undefined } });
    expect(timeOf(read)).toBe(at(1));
  });

  it.each([
    ['2026-11-23T05:50:02.5Z', '2026-11-23T05:50:02.500Z'],
    ['2026-11-23T05:50:02Z', '2026-11-23T05:50:02.000Z'],
    ['2026-11-23T08:50:02.933666+03:00', '2026-11-23T05:50:02.933Z'],
    ['2026-02-30T99:00:00Z', at(1)],
    ['2026-11-23', at(1)],
    ['1', at(1)],
    ['9999-12-31T23:59:59Z', at(1)],
    ['-000001-01-01T00:00:00Z', at(1)],
    [1_795_000_000, at(1)],
    [null, at(1)],
  ])('of the time %j is from %s', (timestamp, time) => {
    const event = { ...ses.delivery([ADA]), delivery: { timestamp, recipients: [ADA] } };
    expect(timeOf(parse(sesEventSchema, event))).toBe(time);
  });

  it('keeps of a text what takes 200 bytes as JSON, in whole characters', () => {
    const kept = (reason: string) => {
      const read = parse(sesEventSchema, { ...ses.reject(), reject: { reason } });
      return 'reject' in read ? read.reject?.reason : undefined;
    };
    expect(kept('x'.repeat(1e6))).toBe('x'.repeat(FACT_TEXT));
    expect(kept('"'.repeat(500))).toBe('"'.repeat(FACT_TEXT / 2));
    expect(kept('😀'.repeat(500))).toBe('😀'.repeat(FACT_TEXT / 4));
    expect(kept('\ud800 half')).toBe('\ufffd half');
  });

  it('keeps of a kind its first 40 characters', () => {
    const read = parse(sesEventSchema, ses.bounce([ADA], { type: 'y'.repeat(50) }));
    expect(read).toMatchObject({ bounce: { bounceType: 'y'.repeat(40) } });
  });

  it.each<[string, unknown]>([
    ['without our tags', withMail({ tags: { 'ses:operation': ['SendEmail'] } })],
    ['with a tag that is no id', withTags({ 'ml-email': ['short'] })],
    ['with a tag without a value', withTags({ 'ml-nonce': [] })],
    ['with a tag that is no array', withTags({ 'ml-account': ACCOUNT })],
    ['of a type that is not subscribed', { ...send, eventType: 'Open' }],
    ['without a type', { mail: send.mail }],
    ['without its recipients', { ...ses.delivery([]), delivery: {} }],
    ['with none', ses.bounce([])],
    ['with an empty one', ses.complaint([' '])],
    ['with one that is longer than SES allows', ses.delay(['a'.repeat(321)])],
    ['with one that is no text', { ...ses.delivery([]), delivery: { recipients: [1] } }],
    ['that is a sentence', 'a sentence'],
    ['that is nothing', null],
  ])('%s is none', (_, event) => {
    expect(is(sesEventSchema, event)).toBe(false);
  });
});
