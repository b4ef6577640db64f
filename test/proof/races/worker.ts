/** A process with functions of its own, as an execution environment has them; it does what its parent sends. */
import '../../../local/slow-clock.ts';
import { httpEvent } from '../../core/http/fake-http.ts';
import type { Answer, Clock, Done, Request, Task } from './messages.ts';

/** How much this process's clock is ahead of the machine's, in milliseconds. */
let ahead = 0;
const real = Date.now.bind(Date);
const now = () => real() + ahead;
Date.now = now;

/** Longer than any request takes here, so that none is cut off. */
const TIME_LEFT = 60_000;

type Handler = (event: unknown, context: unknown) => Promise<Record<string, unknown>>;
const loaded = new Map<string, Promise<Handler>>();

/** The function's own composition: its environment is this process's. */
function handlerOf(name: Request['function']): Promise<Handler> {
  const found =
    loaded.get(name) ??
    import(`../../../lambdas/${name}/index.ts`).then((module) => module.handler as Handler);
  loaded.set(name, found);
  return found;
}

async function answerTo({ function: name, routeKey, key, idempotencyKey, body }: Request) {
  const handler = await handlerOf(name);
  const begun = now();
  const headers = {
    authorization: `Bearer ${key}`,
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  };
  const event = { ...httpEvent({ body: JSON.stringify(body), routeKey }), headers };
  const reply = await handler(event, { getRemainingTimeInMillis: () => TIME_LEFT });
  const answered = (reply.headers ?? {}) as Record<string, string | undefined>;
  const answer: Answer = {
    status: Number(reply.statusCode),
    text: String(reply.body),
    replayed: answered['idempotent-replayed'] === 'true',
    retryAfter: answered['retry-after'],
    begun,
    ended: now(),
  };
  return answer;
}

process.on('message', async (message: Task | Clock) => {
  if ('ahead' in message) {
    ahead = message.ahead;
    return;
  }
  const { id, requests } = message;
  const answers = await Promise.all(requests.map(answerTo));
  process.send?.({ id, answers } satisfies Done);
});
