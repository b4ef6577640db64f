import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalSystem, startLocalSystem } from '../kit/local-system.ts';
import { until } from '../kit/patience.ts';

type Email = {
  status: string;
  failure: { code: string; message: string } | null;
  events: { type: string; message?: string }[];
};

let system: LocalSystem;

beforeAll(async () => {
  system = await startLocalSystem(60);
});
afterAll(async () => {
  await system.stop();
});

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

async function untilEmail(id: string, met: (email: Email) => boolean): Promise<Email> {
  let email: Email | undefined;
  return await until(
    async () => {
      const answer = await fetch(`${system.apiUrl}/api/v1/emails/${id}`, {
        headers: authorization(),
      });
      if (answer.status === 200) email = (await answer.json()) as Email;
      return email && met(email) && email;
    },
    () => `The email stayed as it is: ${JSON.stringify(email)}`,
  );
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
    '%s fails it permanently: no email is sent, and the reason is named',
    async (error) => {
      await system.control('/_local/stats', 'DELETE');
      await system.control('/_local/faults', 'PUT', { error });
      const id = await post(`refused ${error}`);
      const email = await untilEmail(id, ({ status }) => status === 'failed');
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
      const waiting = await untilEmail(id, deferredAs(/./));
      expect(waiting.status).toBe('queued');
      expect(waiting.failure).toBeNull();
      await system.control('/_local/faults', 'DELETE');
      const email = await untilEmail(id, ({ status }) => status === 'delivered');
      expect(email.failure).toBeNull();
      const { data } = await system.control<{ data: { subject: string }[] }>('/_local/inbox');
      expect(data.filter((mail) => mail.subject === subject)).toHaveLength(1);
    },
  );
});

/** What becomes of a call that gets no answer to go by. */
const UNKNOWN = new Map<string, object>([
  ['500', { status: 500 }],
  ['503', { status: 503 }],
  ['no answer', { noAnswer: 1 }],
  ['a connection cut before acceptance', { dropBeforeAccept: 1 }],
]);
const CUT = 'a cut answer after acceptance';

/** A worker's hold on an email and the time until its message comes back, at this scale, in milliseconds. */
const LEASE = 12_000;

describe('an email of which nobody knows whether SES took it', () => {
  const ids = new Map<string, string>();
  const find = (name: string) => ids.get(name) ?? '';
  const calls = async () => (await system.control<{ calls: number }>('/_local/stats')).calls;
  let lastPosted = 0;

  // Each meets its own fault; the leases, which are most of the time, run side by side.
  beforeAll(async () => {
    for (const [name, fault] of [...UNKNOWN, [CUT, { cutAnswer: 1 }] as const]) {
      const before = await calls();
      await system.control('/_local/faults', 'PUT', fault);
      ids.set(name, await post(name));
      await until(async () => (await calls()) > before, `SES was not called: ${name}.`);
      await system.control('/_local/faults', 'DELETE');
    }
    lastPosted = Date.now();
  });

  it.each([...UNKNOWN.keys()])(
    '%s: it is sent again after the lease, and flagged',
    async (name) => {
      const email = await untilEmail(find(name), ({ status }) => status === 'delivered');
      expect(email).toMatchObject({ failure: null, possibleDuplicate: true });
    },
  );

  it(`${CUT} is no second mail: SES has it, and its event says so`, async () => {
    const email = await untilEmail(find(CUT), ({ status }) => status === 'delivered');
    expect(email).toMatchObject({ failure: null, possibleDuplicate: false });
    await sleep(Math.max(0, lastPosted + LEASE - Date.now()));
    const { data } = await system.control<{ data: { subject: string }[] }>('/_local/inbox');
    expect(data.filter(({ subject }) => subject === CUT)).toHaveLength(1);
  });
});
