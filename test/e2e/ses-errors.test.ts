import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalSystem, startLocalSystem } from '../../bench/local-system.ts';

type Email = {
  status: string;
  failure: { code: string; message: string } | null;
  events: { type: string; message?: string }[];
};

let system: LocalSystem;

beforeAll(async () => {
  system = await startLocalSystem(60);
}, 60_000);
afterAll(async () => {
  await system.stop();
}, 20_000);

const authorization = () => ({ authorization: `Bearer ${system.key}` });

async function post(subject: string): Promise<string> {
  const body = { from: 'hello@maillayer.test', to: 'ada@example.com', subject, text: 'x' };
  const answer = await fetch(`${system.apiUrl}/api/v1/emails`, {
    method: 'POST',
    headers: authorization(),
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(202);
  return ((await answer.json()) as { id: string }).id;
}

async function until(id: string, met: (email: Email) => boolean): Promise<Email> {
  let email: Email | undefined;
  for (let i = 0; i < 200; i += 1) {
    const answer = await fetch(`${system.apiUrl}/api/v1/emails/${id}`, {
      headers: authorization(),
    });
    if (answer.status === 200) email = (await answer.json()) as Email;
    if (email && met(email)) return email;
    await sleep(200);
  }
  throw new Error(`The email stayed as it is: ${JSON.stringify(email)}`);
}

const deferredAs = (code: RegExp) => (email: Email) =>
  email.events.some(({ type, message }) => type === 'deferred' && code.test(message ?? ''));

/** Every error of SES v2's SendEmail, and the 4xx that all AWS services share. */
const FOR_GOOD = ['MessageRejected', 'BadRequestException', 'MailFromDomainNotVerifiedException'];
const FOR_NOW = [
  'TooManyRequestsException',
  'LimitExceededException',
  'NotFoundException',
  'AccountSuspendedException',
  'SendingPausedException',
];

describe('an email that SES refuses', () => {
  it.each(FOR_GOOD)(
    '%s fails it for good: no mail is sent, and the reason is named',
    async (error) => {
      await system.control('/_local/stats', 'DELETE');
      await system.control('/_local/faults', 'PUT', { error });
      const id = await post(`refused ${error}`);
      const email = await until(id, ({ status }) => status === 'failed');
      expect(email.failure?.code).toBe(error);
      await system.control('/_local/faults', 'DELETE');
      const { calls, accepted } = await system.control<{ calls: number; accepted: number }>(
        '/_local/stats',
      );
      expect({ calls, accepted }).toEqual({ calls: 1, accepted: 0 });
    },
  );

  it.each(FOR_NOW)(
    '%s only defers it: it is queued with the reason, then sent once',
    async (error) => {
      await system.control('/_local/faults', 'PUT', { error });
      const subject = `deferred ${error}`;
      const id = await post(subject);
      const waiting = await until(id, deferredAs(/./));
      expect(waiting.status).toBe('queued');
      expect(waiting.failure).toBeNull();
      await system.control('/_local/faults', 'DELETE');
      const email = await until(id, ({ status }) => status === 'delivered');
      expect(email.failure).toBeNull();
      const { data } = await system.control<{ data: { subject: string }[] }>('/_local/inbox');
      expect(data.filter((mail) => mail.subject === subject)).toHaveLength(1);
    },
    60_000,
  );

  it.each([
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['no answer', { noAnswer: 1 }],
    ['a connection cut before acceptance', { dropBeforeAccept: 1 }],
  ])(
    '%s leaves the outcome unknown: it is sent again after the lease, and flagged',
    async (_, fault) => {
      await system.control('/_local/stats', 'DELETE');
      await system.control('/_local/faults', 'PUT', fault);
      const id = await post(`unknown ${JSON.stringify(fault)}`);
      for (let calls = 0; calls === 0; ) {
        ({ calls } = await system.control<{ calls: number }>('/_local/stats'));
        await sleep(50);
      }
      await system.control('/_local/faults', 'DELETE');
      const email = await until(id, ({ status }) => status === 'delivered');
      expect(email).toMatchObject({ failure: null, possibleDuplicate: true });
    },
    60_000,
  );

  it('a cut answer after acceptance is no second mail: SES has it, and its event says so', async () => {
    await system.control('/_local/faults', 'PUT', { cutAnswer: 1 });
    const subject = 'cut answer';
    const id = await post(subject);
    const email = await until(id, ({ status }) => status === 'delivered');
    expect(email).toMatchObject({ failure: null, possibleDuplicate: false });
    await system.control('/_local/faults', 'DELETE');
    await sleep(12_000);
    const { data } = await system.control<{ data: { subject: string }[] }>('/_local/inbox');
    expect(data.filter((mail) => mail.subject === subject)).toHaveLength(1);
  }, 60_000);
});
