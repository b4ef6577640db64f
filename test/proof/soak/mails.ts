import { setTimeout as sleep } from 'node:timers/promises';
import type { System } from '../../../local/system.ts';
import { persist } from '../../kit/patience.ts';
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

/** Callers that post at the same time, and how long one waits, in milliseconds, while too much is under way. */
const CALLERS = 16;
const WAIT_MS = 50;

/** Of twenty emails one bounces, one is marked as spam, one is delayed. */
function nameOf(number: number): keyof typeof OUTCOMES {
  const [bounced, complained, delayed] = [0, 7, 13];
  const place = number % 20;
  if (place === bounced) return 'bounced';
  if (place === complained) return 'complained';
  return place === delayed ? 'delayed' : 'reader';
}

/** Posts one email until it is accepted, under one idempotency key. */
async function post({ apiUrl }: System, customer: Customer, number: number): Promise<Expected> {
  const { account, key, domain, hears } = customer;
  const name = nameOf(number);
  const address = `${name}+${number}@example.org`;
  const id = await persist(async () => {
    const answer = await fetch(`${apiUrl}/api/v1/emails`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'idempotency-key': `mail ${number}` },
      body: JSON.stringify({
        from: `shop@${domain}`,
        to: address,
        subject: `Mail ${number}`,
        text: 'Hi',
      }),
    });
    const said = await answer.text();
    if (answer.status !== 202) throw new Error(`Email ${number}: ${answer.status} ${said}`);
    return (JSON.parse(said) as { id: string }).id;
  });
  const { status, events } = OUTCOMES[name];
  const heard = events.filter((each) => hears === 'all' || each !== 'email.delivered');
  return { id, account, address, status, events: heard };
}

/** Posts `count` emails by several callers at the same time, none while `isBusy`, and adds them to `posted`. */
export async function postAll(
  system: System,
  customers: readonly Customer[],
  count: number,
  { posted, isBusy }: { posted: Expected[]; isBusy: () => boolean },
): Promise<void> {
  let next = 0;
  const caller = async () => {
    while (next < count) {
      if (isBusy()) {
        await sleep(WAIT_MS);
        continue;
      }
      const number = next;
      next += 1;
      const customer = customers[number % customers.length];
      if (customer) posted.push(await post(system, customer, number));
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
}
