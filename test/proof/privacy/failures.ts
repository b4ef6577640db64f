import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { findQueues } from '../../kit/local-system.ts';
import { until } from '../../kit/patience.ts';
import { bodyOf } from './refusals.ts';
import type { Stage } from './stage.ts';

/** The ways of the local SES to fail a call, by name. */
const SES_FAULTS: readonly object[] = [
  { error: 'MessageRejected' },
  { error: 'BadRequestException' },
  { error: 'TooManyRequestsException' },
  { error: 'MailFromDomainNotVerifiedException' },
  { status: 500 },
  { status: 503 },
  { cutAnswer: 1 },
  { noAnswer: 1 },
  { dropBeforeAccept: 1 },
];

/** Until SES was asked to send an email: its claim shows, or that it was deferred. */
const untilAttempted = ({ world }: Stage, id: unknown) =>
  until(async () => {
    const { body } = await world.call('GET', `emails/${id}`);
    const events = body.events as readonly { readonly type: string }[];
    return body.status !== 'queued' || events.some(({ type }) => type === 'deferred');
  }, `The email ${id} stays queued.`);

/** Mails that go, bounce, are complained of, delayed and rejected, live and simulated. */
export async function outcomes(stage: Stage): Promise<void> {
  const { ask, world, newMail } = stage;
  for (const outcome of ['', 'bounced+', 'complained+', 'delayed+', 'rejected+']) {
    for (const key of [world.keys.live, world.keys.test]) {
      const mail = newMail();
      const body = bodyOf(mail, world.domain, `${outcome}${mail.recipient}@example.com`);
      await ask('POST', 'emails', { key, body });
    }
  }
}

/** Mails that SES refuses, in words that name the address, or about which it says nothing. */
export async function sesFails(stage: Stage): Promise<void> {
  const { ask, world, newMail, faults } = stage;
  const send = async () => {
    const mail = newMail();
    const { body } = await ask('POST', 'emails', { body: bodyOf(mail, world.domain) });
    await untilAttempted(stage, body.id);
    return mail;
  };
  for (const fault of SES_FAULTS) {
    await world.control('/_local/faults', 'PUT', fault);
    await send();
  }
  await world.control('/_local/faults', 'DELETE');
  await world.control('/_local/account', 'PUT', { sandbox: true });
  await send();
  await world.control('/_local/account', 'PUT', { sandbox: false });
  const { recipient } = newMail();
  const address = `${recipient}@example.com`;
  const message = `Email address is not verified. The following identities failed the check: ${address}`;
  for (const error of ['BadRequestException', 'MessageRejected', 'LimitExceededException']) {
    await faults.during('ses', { status: 400, error, message, path: /identities/ }, async () => {
      await ask('POST', 'sending/recipients', { key: world.keys.operator, body: { address } });
      await ask('GET', `sending/recipients/${address}`, { key: world.keys.operator });
    });
  }
}

/** Requests while a service of AWS is away, or answers with errors that quote what it was sent. */
export async function awsFails(stage: Stage): Promise<void> {
  const { ask, world, newMail, faults } = stage;
  const mail = newMail();
  const address = `${mail.recipient}@example.com`;
  const body = bodyOf(mail, world.domain);
  // So large once it is compressed that it goes to the bucket.
  const large = {
    ...body,
    text:
      mail.text +
      Buffer.from(Array.from({ length: 40_000 }, (_, i) => (i * i * 31) % 251)).toString('base64'),
  };
  const quoting = (error: string) => ({
    status: 400,
    error,
    message: `Invalid: ${address} ${world.keys.live}`,
    path: /./,
  });
  for (const fault of ['away', quoting('ValidationException')] as const) {
    await faults.during('sqs', fault, () => ask('POST', 'emails', { body }));
    await faults.during('s3', fault, () => ask('POST', 'emails', { body: large }));
    await faults.during('kms', fault, () =>
      ask('POST', 'webhooks', { body: { url: 'http://127.0.0.1:9/', description: mail.subject } }),
    );
  }
  await faults.during('dynamodb', 'away', () => ask('POST', 'emails', { body }));
  await faults.during('dynamodb', quoting('ValidationException'), async () => {
    await ask('POST', 'emails', { body });
    await ask('GET', `suppressions/${address}`);
    await ask('GET', `emails?recipient=${address}`);
    await ask('POST', 'suppressions', { body: { address } });
  });
}

/** Messages that nobody can read, and reports of SES that quote the address. */
export async function badMessages(stage: Stage): Promise<void> {
  const { queues, newMail, world, ask } = stage;
  const mail = newMail();
  const text = JSON.stringify(bodyOf(mail, world.domain));
  const put = async (name: RegExp, MessageBody: string) => {
    const [QueueUrl] = (await findQueues(queues, name)).filter((url) => !/dead/i.test(url));
    if (QueueUrl) await queues.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  };
  const key = world.keys.live;
  for (const name of [/Sending/, /Feedback/, /WebhookChannel/]) {
    await put(name, `${text} ${key}`);
    await put(name, text);
  }
  const address = `${mail.recipient}@example.com`;
  const { body } = await ask('POST', 'emails', { body: bodyOf(mail, world.domain) });
  const ids = {
    'ml-account': ['0'.repeat(24)],
    'ml-email': [String(body.id)],
    'ml-nonce': ['0'.repeat(24)],
  };
  const bounce = {
    bounceType: 'Permanent',
    bounceSubType: 'General',
    bouncedRecipients: [
      { emailAddress: address, diagnosticCode: `smtp; 550 <${address}> unknown` },
    ],
  };
  await put(/Feedback/, JSON.stringify({ eventType: 'Bounce', mail: { tags: ids }, bounce }));
  await put(/Feedback/, JSON.stringify({ eventType: 'Bounce', mail: { tags: {} }, bounce }));
}
