import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DOMAIN, mailTo, type Running, start, TOPIC, until, verifyDomain } from './harness.ts';

/** As CloudFormation spells them. */
const ALL = [
  'send',
  'delivery',
  'bounce',
  'complaint',
  'deliveryDelay',
  'reject',
  'renderingFailure',
];
let running: Running;
let clock = Date.parse('2026-01-15T10:00:00.000Z');

beforeEach(async () => {
  running = await start({ now: () => clock });
  running.ses.putConfigurationSet({ name: 'mail', topicArn: TOPIC, eventTypes: ALL });
  await verifyDomain(running.ses.url);
});
afterEach(() => running.stop());

type Event = Record<string, Record<string, unknown>> & { eventType: string };

const events = () =>
  running.published
    .filter(({ message }) => message.startsWith('{'))
    .map(({ message }): Event => JSON.parse(message));

/** Sends, lets everything fall due, and waits for `n` events. */
async function eventsFor(to: string | string[], n: number, changes: object = {}) {
  const mail = mailTo(to, { ConfigurationSetName: 'mail', ...changes });
  const { MessageId } = await running.client.send(mail);
  clock += 10_000;
  await until(() => (events().length >= n ? true : undefined));
  return { MessageId, found: events() };
}

describe('the events of the local SES', () => {
  it('tell of a send and a delivery in the shape of SES', async () => {
    const sentAt = new Date(clock).toISOString();
    const EmailTags = [{ Name: 'email-id', Value: '665f' }];
    const { MessageId, found } = await eventsFor('Ada <ada@example.org>', 2, { EmailTags });
    const mail = {
      timestamp: sentAt,
      source: `Maillayer <news@${DOMAIN}>`,
      sourceArn: `arn:aws:ses:us-east-1:000000000000:identity/${DOMAIN}`,
      sendingAccountId: '000000000000',
      messageId: MessageId,
      destination: ['ada@example.org'],
      headersTruncated: false,
      headers: expect.arrayContaining([
        { name: 'From', value: `Maillayer <news@${DOMAIN}>` },
        { name: 'To', value: 'Ada <ada@example.org>' },
        { name: 'Subject', value: 'Hello' },
        { name: 'MIME-Version', value: '1.0' },
      ]),
      commonHeaders: {
        from: [`Maillayer <news@${DOMAIN}>`],
        to: ['Ada <ada@example.org>'],
        messageId: MessageId,
        subject: 'Hello',
      },
      tags: expect.objectContaining({
        'ses:operation': ['SendEmail'],
        'ses:configuration-set': ['mail'],
        'ses:from-domain': [DOMAIN],
        'email-id': ['665f'],
      }),
    };
    const delivery = expect.objectContaining({
      recipients: ['ada@example.org'],
      processingTimeMillis: expect.any(Number),
      smtpResponse: expect.stringMatching(/^250 /),
      reportingMTA: expect.any(String),
    });
    expect(found).toEqual([
      { eventType: 'Send', mail, send: {} },
      { eventType: 'Delivery', mail, delivery },
    ]);
  });

  it.each([
    ['success@simulator.amazonses.com', ['Send', 'Delivery']],
    ['ooto+a@simulator.amazonses.com', ['Send', 'Delivery']],
    ['bounce+a@simulator.amazonses.com', ['Send', 'Bounce']],
    ['complaint@simulator.amazonses.com', ['Send', 'Delivery', 'Complaint']],
    ['suppressionlist@simulator.amazonses.com', ['Send', 'Bounce']],
    ['bounced+1@example.org', ['Send', 'Bounce']],
    ['complained@example.org', ['Send', 'Delivery', 'Complaint']],
    ['delayed@example.org', ['Send', 'DeliveryDelay', 'Delivery']],
    ['rejected+1@example.org', ['Send', 'Reject']],
    ['bounce@example.org', ['Send', 'Delivery']],
    ['rejected@simulator.amazonses.com', ['Send', 'Delivery']],
  ])('for %s are %j', async (to, types) => {
    const { found } = await eventsFor(to, types.length);
    expect(found.map(({ eventType }) => eventType)).toEqual(types);
  });

  it('name one recipient each, and in a complaint everyone at its domain', async () => {
    const to = ['complained@example.org', 'ada@example.org', 'bounced@example.net'];
    const { found } = await eventsFor(to, 5);
    const named = (type: string, key: string, list: string) =>
      found.filter(({ eventType }) => eventType === type).flatMap((event) => [event[key]?.[list]]);
    expect(named('Delivery', 'delivery', 'recipients')).toEqual([[to[0]], [to[1]]]);
    expect(named('Bounce', 'bounce', 'bouncedRecipients')).toEqual([
      [expect.objectContaining({ emailAddress: to[2], action: 'failed' })],
    ]);
    expect(named('Complaint', 'complaint', 'complainedRecipients')).toEqual([
      [{ emailAddress: to[0] }, { emailAddress: to[1] }],
    ]);
  });

  it('tell once of a mail that SES rejects, which then reaches nobody', async () => {
    const to = ['ada@example.org', 'rejected@example.org', 'rejected@example.net'];
    const { found } = await eventsFor(to, 2);
    clock += 10_000;
    await eventsFor('later@example.org', 4);
    const [send, reject, ...later] = events();
    expect(found).toEqual([send, reject]);
    expect(reject).toEqual({
      eventType: 'Reject',
      mail: send?.mail,
      reject: { reason: 'Bad content' },
    });
    expect(later.map(({ eventType }) => eventType)).toEqual(['Send', 'Delivery']);
  });

  it('mark an address that SES itself suppresses', async () => {
    const { found } = await eventsFor('suppressionlist@simulator.amazonses.com', 2);
    expect(found[1]?.bounce).toMatchObject({
      bounceType: 'Permanent',
      bounceSubType: 'Suppressed',
    });
  });

  it.each([
    ['DELIVERY', 'complained@example.org', 'Delivery'],
    ['delivery', 'complained@example.org', 'Delivery'],
    ['DELIVERY_DELAY', 'delayed@example.org', 'DeliveryDelay'],
    ['deliveryDelay', 'delayed@example.org', 'DeliveryDelay'],
    ['complaint', 'complained@example.org', 'Complaint'],
    ['bounce', 'bounced@example.org', 'Bounce'],
    ['reject', 'rejected@example.org', 'Reject'],
    ['send', 'bounced@example.org', 'Send'],
  ])(
    'come only in the kind %s if the configuration set asks for no other',
    async (kind, to, type) => {
      running.ses.putConfigurationSet({ name: 'mail', topicArn: TOPIC, eventTypes: [kind] });
      const { found } = await eventsFor(to, 1);
      expect(found.map(({ eventType }) => eventType)).toEqual([type]);
    },
  );

  it('are preceded by one plain sentence on a new topic', async () => {
    running.ses.putConfigurationSet({ name: 'mail', topicArn: TOPIC, eventTypes: ALL });
    await eventsFor('ada@example.org', 2);
    const plain = running.published.filter(({ message }) => !message.startsWith('{'));
    expect(plain).toEqual([
      {
        topicArn: TOPIC,
        message: 'Successfully validated SNS topic for Amazon SES event publishing.',
      },
    ]);
  });
});
