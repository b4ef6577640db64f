import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sesSender } from '../../lambdas/core/aws/ses-sender.ts';
import { control, type Running, start, TOPIC, verifyDomain } from '../local/ses/harness.ts';
import { anEmail } from './emails.ts';
import { useEndpoint } from './table-fixture.ts';

const SET = 'feedback';

let running: Running;
beforeAll(async () => {
  running = await start();
  useEndpoint('SESV2', running.ses.url);
  running.ses.putConfigurationSet({ name: SET, topicArn: TOPIC, eventTypes: ['DELIVERY'] });
  await verifyDomain(running.ses.url, 'sender.example');
});
afterAll(() => running.stop());

const ses = <T = Record<string, unknown>>(method: string, path: string, body?: object) =>
  control<T>(running.ses.url, method, path, body);

beforeEach(async () => {
  for (const path of ['inbox', 'faults', 'stats']) await ses('DELETE', path);
});

async function send(more: Parameters<typeof anEmail>[0], content: object, timeout = 5000) {
  const sender = sesSender(SET, timeout);
  const email = anEmail(more);
  const outcome = await sender.send(email, content, 2);
  sender.close();
  const { data } = await ses<{ data: { id: string }[] }>('GET', 'inbox');
  const mails = await Promise.all(data.map(({ id }) => ses('GET', `inbox/${id}`)));
  return { email, outcome, mails };
}

describe('a mail that is handed to SES', () => {
  it('arrives with all that was asked for, and with the tags that its events come back with', async () => {
    const { email, outcome, mails } = await send(
      {
        from: 'Grüße <ada@sender.example>',
        to: ['Bob <bob@example.com>', 'eve@example.com'],
        cc: ['cc@example.com'],
        bcc: ['bcc@example.com'],
        replyTo: ['Help <help@sender.example>', 'other@sender.example'],
        subject: 'Grüße 👋',
      },
      { html: '<p>Grüße</p>', text: 'Grüße' },
    );
    expect(outcome).toEqual({ kind: 'accepted' });
    expect(mails).toEqual([
      expect.objectContaining({
        from: expect.stringContaining('<ada@sender.example>'),
        to: ['"Bob" <bob@example.com>', 'eve@example.com'],
        cc: ['cc@example.com'],
        bcc: ['bcc@example.com'],
        replyTo: ['"Help" <help@sender.example>', 'other@sender.example'],
        subject: 'Grüße 👋',
        html: '<p>Grüße</p>',
        text: 'Grüße',
        configurationSet: SET,
        tags: {
          'ml-account': email.account,
          'ml-email': email.id,
          'ml-nonce': email.nonce,
          'ml-attempt': '2',
          'ml-environment': 'live',
        },
      }),
    ]);
  });

  it.each([
    [{ text: 'Hi' }, { text: 'Hi', html: null }],
    [{ html: '<p>Hi</p>' }, { text: null, html: '<p>Hi</p>' }],
  ])('has no part that was not given: %j', async (content, parts) => {
    const { mails } = await send({}, content);
    expect(mails).toEqual([
      expect.objectContaining({ ...parts, cc: [], bcc: [], replyTo: [], to: ['bob@example.com'] }),
    ]);
  });
});

describe('a mail that SES does not take', () => {
  it('is refused with SES’s words', async () => {
    const { outcome, mails } = await send({ from: 'ada@other.example' }, { text: 'Hi' });
    const reason = { code: 'MessageRejected', message: expect.stringContaining('not verified') };
    expect([outcome, mails]).toEqual([{ kind: 'refused', reason }, []]);
  });

  it('is sent once only when its answer is lost', async () => {
    await ses('PUT', 'faults', { cutAnswer: 1 });
    const { mails } = await send({}, { text: 'Hi' });
    expect(mails).toHaveLength(1);
    expect(await ses('GET', 'stats')).toMatchObject({ calls: 1 });
  });

  it('is asked about once only when SES fails', async () => {
    await ses('PUT', 'faults', { status: 500 });
    const { outcome } = await send({}, { text: 'Hi' });
    expect(outcome.kind).toBe('unknown');
    expect(await ses('GET', 'stats')).toMatchObject({ calls: 1 });
  });

  it('has an unknown outcome after its time', async () => {
    await ses('PUT', 'faults', { noAnswer: 1 });
    const { outcome } = await send({}, { text: 'Hi' }, 100);
    expect(outcome.kind).toBe('unknown');
  });
});
