import { setTimeout as sleep } from 'node:timers/promises';

/** What this process is told: where to post, with which key, and how many requests after the revoke. */
export type CallerTask = { readonly url: string; readonly key: string; readonly after: number };
/** When the revoke had answered, epoch milliseconds. */
export type RevokedAt = { readonly revokedAt: number };
/** Requests begun before and after that, and how many of each were accepted. */
export type CallerReport = {
  readonly before: number;
  readonly acceptedBefore: number;
  readonly after: number;
  readonly acceptedAfter: number;
  /** Requests begun after it that were answered neither 202 nor 401. */
  readonly odd: number;
};

type Call = { readonly begun: number; readonly status: number };

const EMAIL = JSON.stringify({
  from: 'hello@maillayer.test',
  to: 'ada@example.com',
  subject: 'Still here',
  text: 'x',
});

async function post({ url, key }: CallerTask): Promise<Call> {
  const begun = Date.now();
  const headers = { authorization: `Bearer ${key}` };
  const answer = await fetch(url, { method: 'POST', headers, body: EMAIL });
  await answer.arrayBuffer();
  return { begun, status: answer.status };
}

async function call(task: CallerTask): Promise<CallerReport> {
  let revokedAt = Number.POSITIVE_INFINITY;
  process.on('message', (message: RevokedAt) => {
    revokedAt = message.revokedAt;
  });
  const calls: Call[] = [];
  let left = task.after;
  while (left > 0) {
    const made = await post(task);
    calls.push(made);
    if (made.begun > revokedAt) left -= 1;
    if (made.status === 429) await sleep(20);
  }
  const after = calls.filter(({ begun }) => begun > revokedAt);
  const before = calls.filter(({ begun }) => begun <= revokedAt);
  const accepted = (some: readonly Call[]) => some.filter(({ status }) => status === 202).length;
  return {
    before: before.length,
    acceptedBefore: accepted(before),
    after: after.length,
    acceptedAfter: accepted(after),
    odd: after.filter(({ status }) => status !== 202 && status !== 401).length,
  };
}

process.once('message', async (task: CallerTask) => {
  process.send?.(await call(task));
  process.disconnect();
});
