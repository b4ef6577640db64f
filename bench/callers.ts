import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalSystem } from '../test/kit/local-system.ts';

/** What callers saw. */
export type Posted = { readonly ids: string[]; readonly waits: number };

type Post = { readonly subject: string; readonly to: readonly string[] };

async function postOnce(system: LocalSystem, { subject, to }: Post): Promise<Response> {
  return await fetch(`${system.apiUrl}/api/v1/emails`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${system.key}`,
      'idempotency-key': subject,
    },
    body: JSON.stringify({ from: 'hello@maillayer.test', to, subject, text: `Text of ${subject}` }),
  });
}

/** Posts one email until it is accepted; waits as `Retry-After` says, repeats a 5xx under its key. */
async function post(system: LocalSystem, email: Post): Promise<{ id: string; waits: number }> {
  for (let waits = 0; waits < 200; waits += 1) {
    const answer = await postOnce(system, email).catch(() => undefined);
    const body = (await answer?.json().catch(() => undefined)) as { id: string } | undefined;
    if (answer?.status === 202 && body) return { id: body.id, waits };
    if (answer && answer.status !== 429 && answer.status < 500) {
      throw new Error(`${answer.status} ${JSON.stringify(body)}`);
    }
    await sleep(Number(answer?.headers.get('retry-after') ?? 1) * 1000 * (0.5 + Math.random()));
  }
  throw new Error(`${email.subject} was never accepted.`);
}

/** Posts emails `0` to `count - 1` by `callers` callers side by side. */
export async function postAll(
  system: LocalSystem,
  options: { count: number; callers: number; recipients?: number },
): Promise<Posted> {
  const { count, callers, recipients = 1 } = options;
  const ids: string[] = [];
  let next = 0;
  let waits = 0;
  const caller = async () => {
    while (next < count) {
      const i = next;
      next += 1;
      const to = Array.from({ length: recipients }, (_, r) => `r${r}-${i}@example.com`);
      const posted = await post(system, { subject: `mail ${i}`, to });
      ids.push(posted.id);
      waits += posted.waits;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return { ids, waits };
}
