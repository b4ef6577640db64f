import { type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { PollerOptions } from './poller.ts';

/** The longest that SQS lets a receive wait. */
const LONG_POLL_SECONDS = 20;

/** The most that SQS gives at once. */
const RECEIVE_MOST = 10;

/**
 * The next batch: what one receive gives, and with a batching window (or a batch above 10) what
 * comes until the window or the batch is full. Empty when nothing came within a long poll.
 */
export async function collectBatch(
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
