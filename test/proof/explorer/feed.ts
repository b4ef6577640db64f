import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { failedMessages } from '../../../local/queue/failures.ts';
import type { QueueMapping } from '../../../local/queue/mapping.ts';
import { toRecord } from '../../../local/queue/record.ts';
import type { Engines } from './engines.ts';
import type { Ended } from './environment.ts';
import type { Numbering } from './numbering.ts';
import type { VirtualTime } from './virtual-time.ts';

type Record_ = ReturnType<typeof toRecord>;

/** What one event-source mapping works with. */
export type FeedOptions = {
  readonly engines: Engines;
  readonly mapping: QueueMapping;
  readonly numbering: Numbering;
  readonly time: VirtualTime;
  readonly invoke: (event: unknown) => Promise<Ended>;
};

/** How many invocations of one mapping go on side by side: enough for a second copy of a message. */
const SIDE_BY_SIDE = 2;
const COPY_LATER = 60_000;

/** One event-source mapping, moved on by hand. */
export type Feed = ReturnType<typeof createFeed>;

/** Hands a queue's messages to its function, and deletes what the function has done. */
export function createFeed({ engines, mapping, numbering, time, invoke }: FeedOptions) {
  const name = mapping.queueArn.slice(mapping.queueArn.lastIndexOf(':') + 1);
  const short = name.replace(/^Maillayer-?/, '');
  const QueueUrl = engines.queues.getQueueByName(name)?.url;
  const platform = { name: 'queue' };
  let running = 0;

  const messages = () => {
    const found = engines.queues.inspectQueue(name);
    if (!found) throw new Error(`There is no queue ${name}.`);
    return found.messages;
  };

  async function remove(done: readonly Record_[]): Promise<void> {
    if (done.length === 0) return;
    const kind = numbering.number({
      by: 'queue',
      what: `delete ${short}`,
      tries: 1,
      chained: false,
    });
    if (kind === 'fail') return;
    const Entries = done.map(({ receiptHandle }, i) => ({
      Id: String(i),
      ReceiptHandle: receiptHandle,
    }));
    await engines.sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }

  async function work(records: readonly Record_[]): Promise<void> {
    running += 1;
    const ended = await invoke({ Records: records });
    const result =
      ended.kind === 'returned'
        ? { ok: true as const, payload: JSON.stringify(ended.value) }
        : { ok: false as const, errorType: 'Error', errorMessage: ended.reason };
    const ids = records.map(({ messageId }) => messageId);
    const failed = failedMessages(result, ids, mapping.reportsItems);
    await remove(records.filter(({ messageId }) => !failed.has(messageId)));
    running -= 1;
  }

  return {
    isIdle: () => running === 0,
    /** True when there was a batch to hand over, and room for it. */
    async begin(): Promise<boolean> {
      engines.queues.getQueueByName(name)?.processTimers();
      if (running >= SIDE_BY_SIDE || messages().ready.length === 0) return false;
      const { Messages = [] } = await engines.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: Math.min(10, mapping.batchSize),
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
      );
      const records = Messages.map((message) => toRecord(message, mapping.queueArn));
      const kind = numbering.number({
        by: 'queue',
        what: `receive ${short}`,
        tries: 1,
        chained: false,
      });
      void work(records);
      if (kind === 'copy') void work(records);
      if (kind === 'copyLater') {
        time.at(platform, time.now() + COPY_LATER, () => void work(records));
      }
      return true;
    },
    /** When a message comes up next; undefined where none is hidden or delayed. */
    next(): number | undefined {
      const { delayed, inflight } = messages();
      const moments = [
        ...delayed.map(({ delayUntil }) => delayUntil ?? 0),
        ...inflight.map(({ visibilityDeadline }) => visibilityDeadline),
      ];
      return moments.length > 0 ? Math.min(...moments) : undefined;
    },
  };
}
