import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  clientOf,
  control,
  DOMAIN,
  mailTo,
  type Running,
  start,
  verifyDomain,
  withContent,
} from './harness.ts';
import { many, refusals } from './refusals.ts';

let running: Running;
const url = () => running.ses.url;

beforeEach(async () => {
  running = await start();
  await verifyDomain(url());
});
afterEach(() => running.stop());

describe('SendEmail of the local SES refuses', () => {
  it.each(refusals)('with $name when $when', async ({ given, to, mail, ...expected }) => {
    await given?.(running);
    await control(url(), 'DELETE', 'inbox');
    const sending = running.client.send(mailTo(to ?? 'ada@example.org', mail));
    await expect(sending).rejects.toMatchObject({
      name: expected.name,
      message: expect.stringMatching(expected.message),
      $metadata: { httpStatusCode: expected.status },
    });
    expect(await control(url(), 'GET', 'inbox?count=1')).toEqual({ count: 0 });
  });
});

describe('SendEmail of the local SES accepts', () => {
  it('a mail with everything in it and shows it in the inbox', async () => {
    const sent = await running.client.send(
      mailTo('Ada <ada@example.org>', {
        Destination: {
          ToAddresses: ['Ada <ada@example.org>'],
          CcAddresses: ['ADA@example.org', 'ada@EXAMPLE.org'],
          BccAddresses: ['hidden@example.org'],
        },
        ReplyToAddresses: ['help@example.com'],
        EmailTags: [{ Name: 'kind', Value: 'receipt' }],
        ...withContent({ Headers: [{ Name: 'X-Order', Value: '7' }] }),
      }),
    );
    expect(sent.MessageId).toMatch(/^0100[0-9a-f]{12}-[0-9a-f-]{36}-000000$/);
    const { data } = await control<{ data: object[] }>(url(), 'GET', 'inbox?to=hidden@example.org');
    expect(data).toEqual([
      expect.objectContaining({
        id: sent.MessageId,
        to: ['Ada <ada@example.org>'],
        bcc: ['hidden@example.org'],
        replyTo: ['help@example.com'],
        headers: [{ name: 'X-Order', value: '7' }],
        tags: { kind: 'receipt' },
        recipients: ['ada@example.org', 'ADA@example.org', 'hidden@example.org'],
      }),
    ]);
  });

  it('a sender below a verified domain, and in the sandbox simulator and verified addresses', async () => {
    await control(url(), 'PUT', 'account', { sandbox: true });
    await verifyDomain(url(), 'ada@example.org');
    const to = ['bounce+label@simulator.amazonses.com', 'ada@example.org', `x@sub.${DOMAIN}`];
    const mail = mailTo(to, { FromEmailAddress: `a@sub.${DOMAIN}` });
    await expect(running.client.send(mail)).resolves.toHaveProperty('MessageId');
  });

  it('and names the region that the call is signed for', async () => {
    const client = clientOf(url(), 'eu-west-1');
    const mail = mailTo('a@example.org', { FromEmailAddress: 'a@other.example' });
    await expect(client.send(mail)).rejects.toThrow('EU-WEST-1');
    client.destroy();
  });

  it('50 recipients at a rate of one a second', async () => {
    await control(url(), 'PUT', 'account', { maxSendRate: 1 });
    await expect(running.client.send(mailTo(many(50)))).resolves.toHaveProperty('MessageId');
    await expect(running.client.send(mailTo('a@example.org'))).rejects.toThrow('rate');
    expect(await control(url(), 'GET', 'stats')).toMatchObject({
      calls: 2,
      accepted: 1,
      recipientsAccepted: 50,
      throttledByRate: 1,
      underWay: 0,
    });
  });

  it('no operation it does not know, and says which that was', async () => {
    const response = await fetch(`${url()}/v2/email/templates`);
    expect(response.status).toBe(404);
    expect(response.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
    expect(await response.json()).toEqual({
      message: 'The local SES does not know GET /v2/email/templates.',
    });
  });
});
