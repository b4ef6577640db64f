import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { PARK_REASON, type SendMessage } from '../contract/messages.ts';
import { DeadlineHandler } from '../runtime/deadline.ts';
import type { WebhookQueue } from '../webhook/ports.ts';

/** SQS's longest visibility timeout, counted from the receive: 12 hours. */
const LONGEST_HIDE_SECONDS = 43_200;
/** SQS's limit of messages in one batch. */
const MESSAGES_PER_BATCH = 10;
/** Times that a batch's rest is sent before the batch counts as failed. */
const BATCH_ROUNDS = 4;

/** Connects to SQS; region, credentials and endpoint come from the SDK's own variables. */
export function openQueues(): SQSClient {
  const requestHandler = new DeadlineHandler({ connectionTimeout: 1000, requestTimeout: 4000 });
  // One endpoint for all queues, so that the SDK's endpoint variable holds for SQS as for the others.
  return new SQSClient({ requestHandler, maxAttempts: 4, useQueueUrlAsEndpoint: false });
}

/**
 * JSON in ASCII, all else as escapes: SQS refuses a message with U+FFFE or U+FFFF in it, which JSON leaves as
 * they are, and an event refused time after time would never be recorded.
 */
function messageText(value: object): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[^ -~]/g, escaped);
}

/** The send queue, for those who put on it. The account is the message group: SQS's fair-queue hint. */
export function sendQueue(client: SQSClient, url: string) {
  return {
    async send(message: SendMessage): Promise<void> {
      await client.send(
        new SendMessageCommand({
          QueueUrl: url,
          MessageBody: messageText(message),
          MessageGroupId: message.account,
        }),
      );
    },
  };
}

/** Hides a received message for `milliseconds` from now, rounded up to SQS's whole seconds. */
export function hider(client: SQSClient, url: string) {
  return async (receiptHandle: string, milliseconds: number): Promise<void> => {
    const seconds = Math.min(LONGEST_HIDE_SECONDS, Math.max(0, Math.ceil(milliseconds / 1000)));
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: url,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  };
}

/** Puts a message where operators find it, with the reason as an attribute. */
export function parking(client: SQSClient, url: string) {
  return async (body: string, reason: string): Promise<void> => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: body,
        MessageAttributes: { [PARK_REASON]: { DataType: 'String', StringValue: reason } },
      }),
    );
  };
}

/**
 * Puts SES-shaped events on the queue that SES's own arrive on, each visible after `delaySeconds`: whole
 * ones, 0 to 900.
 */
export function eventQueue(client: SQSClient, url: string) {
  return async (event: object, delaySeconds = 0): Promise<void> => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: messageText(event),
        DelaySeconds: delaySeconds,
      }),
    );
  };
}

/**
 * The webhook queue, for those who put on it. The endpoint is the message group: SQS's fair-queue hint.
 *
 * @param pause waits for milliseconds between two rounds of a batch: 100, 200, 400
 */
export function webhookQueue(
  client: SQSClient,
  url: string,
  pause: (milliseconds: number) => Promise<unknown> = sleep,
): WebhookQueue {
  const sendBatch = async (batch: readonly SendMessageBatchRequestEntry[]) => {
    let rest = [...batch];
    for (let round = 0; rest.length > 0; round += 1) {
      if (round === BATCH_ROUNDS) {
        throw new Error(`The webhook queue left out ${rest.length} of a batch's messages.`);
      }
      if (round > 0) await pause(50 * 2 ** round);
      const command = new SendMessageBatchCommand({ QueueUrl: url, Entries: rest });
      const refused = new Set((await client.send(command)).Failed?.map(({ Id }) => Id));
      rest = rest.filter(({ Id }) => refused.has(Id));
    }
  };
  return {
    async send(messages) {
      const entries = messages.map(({ message, delaySeconds }, index) => ({
        Id: String(index),
        MessageBody: messageText(message),
        MessageGroupId: message.endpoint,
        DelaySeconds: delaySeconds,
      }));
      for (let start = 0; start < entries.length; start += MESSAGES_PER_BATCH) {
        await sendBatch(entries.slice(start, start + MESSAGES_PER_BATCH));
      }
    },
  };
}
