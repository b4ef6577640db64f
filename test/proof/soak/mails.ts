import { setTimeout as sleep } from 'node:timers/promises';
import type { System } from '../../../local/system.ts';
import type { Customer } from './accounts.ts';

/** What must become of an email: its status, and the events that its customer hears of. */
export type Expected = {
  readonly id: string;
  readonly account: string;
  readonly address: string;
  readonly status: 'delivered' | 'bounced' | 'complained';
  readonly events: readonly string[];
};

const OUTCOMES = {
  bounced: { status: 'bounced', events: ['email.bounced'] },
  complained: { status: 'complained', events: ['email.delivered', 'email.complained'] },
  delayed: { status: 'delivered', events: ['email.delivered'] },
  reader: { status: 'delivered', events: ['email.delivered'] },
} as const;

/** Of twenty emails one bounces, one is marked as spam, one is delayed. */
function nameOf(number: number): keyof typeof OUTCOMES {
  const [bounced, complained, delayed] = [0, 7, 13];
  const place = number % 20;
  if (place === bounced) return 'bounced';
  if (place === complained) return 'complained';
  return place === delayed ? 'delayed' : 'reader';
}

async function postOnce({ apiUrl }: System, { key, domain }: Customer, number: number) {
  const to = `${nameOf(number)}+${number}@example.org`;
  return await fetch(`${apiUrl}/api/v1/emails`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'idempotency-key': `mail ${number}` },
    body: JSON.stringify({ from: `shop@${domain}`, to, subject: `Mail ${number}`, text: 'Hi' }),
  });
}

/** Posts one email until it is accepted, under one idempotency key. */
async function post(system: System, customer: Customer, number: number): Promise<Expected> {
  for (let tries = 0; tries < 50; tries += 1) {
    const answer = await postOnce(system, customer, number).catch(() => undefined);
    if (answer?.status === 202) {
      const { id } = (await answer.json()) as { id: string };
      const name = nameOf(number);
      const address = `${name}+${number}@example.org`;
      const { status, events } = OUTCOMES[name];
      const heard = events.filter((each) => customer.hears === 'all' || each !== 'email.delivered');
      return { id, account: customer.account, address, status, events: heard };
    }
    if (answer && answer.status < 500 && answer.status !== 429) {
      throw new Error(`Email ${number}: ${answer.status} ${await answer.text()}`);
    }
    await sleep(200 + 300 * Math.random());
  }
  throw new Error(`Email ${number} was never accepted.`);
}

/**
 * Posts emails by several callers, never more ahead of what has been sent than `ahead`.
 *
 * @param sent how many have been sent so far
 */
export async function postAll(
  system: System,
  customers: readonly Customer[],
  {
    count,
    callers,
    ahead,
    sent,
  }: { count: number; callers: number; ahead: number; sent: () => number },
): Promise<Expected[]> {
  const posted: Expected[] = [];
  let next = 0;
  const caller = async () => {
    while (next < count) {
      if (posted.length - sent() > ahead) {
        await sleep(50);
        continue;
      }
      const number = next;
      next += 1;
      const customer = customers[number % customers.length];
      if (customer) posted.push(await post(system, customer, number));
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return posted;
}
