import '../local/slow-clock.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { ACCEPTED, type CallerReport, type CallerTask, type RevokedAt } from './revoke-messages.ts';

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
    if (made.status === 202) process.send?.(ACCEPTED);
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
