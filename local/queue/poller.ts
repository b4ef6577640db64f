import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { RunningFunction } from '../functions/pool.ts';
import { messageOf } from '../start-error.ts';
import { failedMessages } from './failures.ts';
import type { QueueMapping } from './mapping.ts';
import { toRecord } from './record.ts';

/** What a poller works with. */
export interface PollerOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly mapping: QueueMapping;
  readonly function: RunningFunction;
  /** NotifyResult when the queue cannot be read, or messages not be deleted. */
  readonly onProblem: (sentence: string) => void;
}

/** A running event-source mapping. */
export interface Poller {
  /** Receives no more, and waits until the calls under way have ended. */
  stop(): Promise<void>;
}

/** Pause after a failed receive, so that an emulator that is gone is not asked in a busy loop. */
const RETRY_AFTER_MS = 500;

/** The longest that SQS lets a receive wait. */
const LONG_POLL_SECONDS = 20;

/** The most that SQS gives at once. */
const RECEIVE_MOST = 10;

/**
 * The next batch: what one receive gives, and with a batching window (or a batch above 10) what
 * comes until the window or the batch is full. Empty when nothing came within a long poll.
 */
async function collectBatch(
  { client, queueUrl, mapping }: PollerOptions,
  signal: AbortSignal,
): Promise<readonly Message[]> {
  const receive = async (most: number, waitSeconds: number) => {
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(most, RECEIVE_MOST),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    return (await client.send(command, { abortSignal: signal })).Messages ?? [];
  };

  const batch = await receive(mapping.batchSize, LONG_POLL_SECONDS);
  if (batch.length === 0) return batch;
  const end = Date.now() + mapping.batchingWindowMs;
  while (batch.length < mapping.batchSize) {
    const waitSeconds = Math.floor((end - Date.now()) / 1000);
    if (waitSeconds < 1) break;
    batch.push(...(await receive(mapping.batchSize - batch.length, waitSeconds)));
  }
  return batch;
}

/** Feeds a queue's messages to its function, as an event-source mapping does. */
export function startPoller(options: PollerOptions): Poller {
  const { mapping } = options;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

  async function poll(): Promise<void> {
    while (!stopping.signal.aborted) {
      // One receive at a time, and only when its messages could be worked on at once: so a single
      // waiting request serves the whole mapping, and no message ages in this process.
      if (running.size >= mapping.maximumConcurrency) await Promise.race(running);
      else await receive();
    }
    await Promise.all(running);
  }

  async function receive(): Promise<void> {
    try {
      const messages = await collectBatch(options, stopping.signal);
      if (messages.length === 0) return;
      const work = handleBatch(options, messages).finally(() => running.delete(work));
      running.add(work);
    } catch (error) {
      if (stopping.signal.aborted) return;
      options.onProblem(`The queue cannot be read: ${messageOf(error)}`);
      await sleep(RETRY_AFTER_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const polling = poll();
  return {
    stop: async () => {
      stopping.abort();
      await polling;
    },
  };
}

async function handleBatch(
  { client, queueUrl, mapping, function: target, onProblem }: PollerOptions,
  messages: readonly Message[],
): Promise<void> {
  const records = messages.map((message) => toRecord(message, mapping.queueArn));
  const result = await target.invoke(JSON.stringify({ Records: records }));
  const failed = failedMessages(
    result,
    records.map(({ messageId }) => messageId),
    mapping.reportsItems,
  );
  const done = records.filter(({ messageId }) => !failed.has(messageId));
  try {
    for (let start = 0; start < done.length; start += 10) {
      const Entries = done
        .slice(start, start + 10)
        .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
      await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    }
  } catch (error) {
    onProblem(`Messages that are done could not be deleted: ${messageOf(error)}`);
  }
}
