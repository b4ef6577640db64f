import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { WebhookMessage } from '../../../lambdas/core/contract/messages.ts';
import type { VirtualClock } from './virtual-clock.ts';

type Message = { readonly id: string; readonly body: string; visibleAt: number; receives: number };
type Handler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** How the queue feeds its function. */
export type Feed = {
  readonly clock: VirtualClock;
  /** One for each environment: each works on one batch at a time. */
  readonly handlers: readonly Handler[];
  readonly timeout: number;
  readonly visibility: number;
};

/** A queue with its event-source mapping on a virtual clock: delays, visibility, batches of ten. */
export function fakeQueue() {
  const messages = new Map<string, Message>();
  const idle: Handler[] = [];
  let feed: Feed | undefined;
  let count = 0;
  const seen = { receives: 0, mostReceives: 0, invocations: 0 };

  const fed = () => {
    if (!feed) throw new Error('Nothing consumes the queue.');
    return feed;
  };
  const wake = (at: number) => fed().clock.at(at, pump);

  function receive(): Message[] {
    const { clock, visibility } = fed();
    const visible = [...messages.values()].filter(({ visibleAt }) => visibleAt <= clock.now());
    const batch = visible.slice(0, 10);
    for (const message of batch) {
      message.visibleAt = clock.now() + visibility;
      message.receives += 1;
      seen.receives += 1;
      seen.mostReceives = Math.max(seen.mostReceives, message.receives);
      if (message.receives > 1000) throw new Error('SQS has given a message up.');
      wake(message.visibleAt);
    }
    return batch;
  }

  const toRecord = ({ id, body, receives }: Message) =>
    ({
      messageId: id,
      receiptHandle: `${id}/${receives}`,
      body,
      attributes: { ApproximateReceiveCount: String(receives) },
    }) as SQSRecord;

  async function invoke(handler: Handler, batch: Message[]): Promise<void> {
    const { clock, timeout } = fed();
    const end = clock.now() + timeout;
    seen.invocations += 1;
    const context = { getRemainingTimeInMillis: () => end - clock.now() } as Context;
    const answer = await handler({ Records: batch.map(toRecord) }, context);
    if (clock.now() > end) throw new Error('The function has run out of time.');
    const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const { id } of batch) if (!failed.has(id)) messages.delete(id);
    idle.push(handler);
    pump();
  }

  function pump(): void {
    for (;;) {
      const handler = idle[0];
      const batch = handler ? receive() : [];
      if (!handler || batch.length === 0) return;
      idle.shift();
      fed().clock.start(() => invoke(handler, batch));
    }
  }

  return {
    seen,
    messages,
    start(options: Feed) {
      feed = options;
      idle.push(...options.handlers);
    },
    async send(all: readonly { message: WebhookMessage; delaySeconds: number }[]) {
      for (const { message, delaySeconds } of all) {
        if (delaySeconds < 0 || delaySeconds > 900) throw new Error('SQS refuses this delay.');
        count += 1;
        const visibleAt = fed().clock.now() + delaySeconds * 1000;
        const id = `m${count}`;
        messages.set(id, { id, body: JSON.stringify(message), visibleAt, receives: 0 });
        wake(visibleAt);
      }
    },
    async hide(receiptHandle: string, milliseconds: number) {
      const [id = '', receives] = receiptHandle.split('/');
      const message = messages.get(id);
      if (!message || message.receives !== Number(receives)) return;
      message.visibleAt = fed().clock.now() + Math.max(0, Math.ceil(milliseconds / 1000)) * 1000;
      wake(message.visibleAt);
    },
  };
}
