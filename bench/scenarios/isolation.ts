import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalSystem, startLocalSystem } from '../../test/kit/local-system.ts';
import { until } from '../../test/kit/patience.ts';
import { makeAccount, makeEndpoint, putEvents } from '../webhook-load.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts';

/** Sizes of one run of isolation; times in milliseconds. */
export type IsolationOptions = {
  /** Events for the slow endpoint, all at once. */
  readonly slowEvents: number;
  /** How long the slow endpoint takes to answer. */
  readonly slowness: number;
  /** Emails of the other account, in each half of the run, and the time between two. */
  readonly emails: number;
  readonly every: number;
};

type Latency = { readonly median: number; readonly p95: number };

/** From the post of an email to its webhook's arrival, of the other account; in milliseconds. */
export type IsolationResult = {
  readonly alone: Latency;
  readonly beside: Latency;
  readonly medianRatio: number;
  readonly p95More: number;
  /** Webhooks of the other account that never came. */
  readonly missing: number;
  /** The most tries of the slow endpoint that were under way at once. */
  readonly slowUnderWay: number;
  readonly slowTries: number;
};

async function post(system: LocalSystem): Promise<{ id: string; at: number }> {
  const at = Date.now();
  const answer = await fetch(`${system.apiUrl}/api/v1/emails`, {
    method: 'POST',
    headers: { authorization: `Bearer ${system.testKey}` },
    body: JSON.stringify({
      from: 'hello@maillayer.test',
      to: 'ada@example.com',
      subject: 'Isolation',
      text: 'One of many.',
    }),
  });
  if (answer.status !== 202) throw new Error(await answer.text());
  return { id: ((await answer.json()) as { id: string }).id, at };
}

function latencyOf(delays: number[]): Latency {
  const sorted = delays.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95) };
}

/** Posts at a steady pace, and waits for the webhooks. */
async function phase(system: LocalSystem, receiver: WebhookReceiver, options: IsolationOptions) {
  const posts: Promise<{ id: string; at: number }>[] = [];
  for (let i = 0; i < options.emails; i += 1) {
    posts.push(post(system));
    await sleep(options.every);
  }
  const posted = await Promise.all(posts);
  const haveAllArrived = () => posted.every(({ id }) => receiver.arrivals.has(id));
  await until(haveAllArrived, 'Webhooks are missing.').catch(() => undefined);
  const delays = posted.flatMap(({ id, at }) => {
    const arrival = receiver.arrivals.get(id);
    return arrival === undefined ? [] : [arrival - at];
  });
  return { latency: latencyOf(delays), missing: posted.length - delays.length };
}

/** One account's webhooks, first alone, then beside another account's endpoint that hardly answers. */
export async function isolationScenario(options: IsolationOptions): Promise<IsolationResult> {
  const system = await startLocalSystem(1);
  const fast = await startWebhookReceiver(0);
  const slow = await startWebhookReceiver(options.slowness);
  try {
    await makeEndpoint(system, system.testKey, fast.url);
    const { account, key } = await makeAccount(system, 'Slow');
    const endpoint = await makeEndpoint(system, key, slow.url);
    await phase(system, fast, { ...options, emails: 5 });
    const alone = await phase(system, fast, options);
    await putEvents(system, { account, endpoint, count: options.slowEvents });
    const beside = await phase(system, fast, options);
    return {
      alone: alone.latency,
      beside: beside.latency,
      medianRatio: beside.latency.median / alone.latency.median,
      p95More: beside.latency.p95 - alone.latency.p95,
      missing: alone.missing + beside.missing,
      slowUnderWay: slow.counts.most,
      slowTries: slow.counts.requests,
    };
  } finally {
    await system.stop();
    await fast.stop();
    await slow.stop();
  }
}
