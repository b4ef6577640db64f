import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PARK_REASON, type SendMessage } from '../contract/messages.ts';
import { DeadlineHandler } from './deadline.ts';

/** SQS's longest visibility timeout, counted from the receive: 12 hours. */
const LONGEST_HIDE_SECONDS = 43_200;

/** Connects to SQS; region, credentials and endpoint come from the SDK's own variables. */
export function openQueues(): SQSClient {
  const requestHandler = new DeadlineHandler({ connectionTimeout: 1000, requestTimeout: 4000 });
  // One endpoint for all queues, so that the SDK's endpoint variable holds for SQS as for the others.
  return new SQSClient({ requestHandler, maxAttempts: 4, useQueueUrlAsEndpoint: false });
}

/** The send queue, for those who put on it. The account is the message group: SQS's fair-queue hint. */
export function sendQueue(client: SQSClient, url: string) {
  return {
    async send(message: SendMessage): Promise<void> {
      await client.send(
        new SendMessageCommand({
          QueueUrl: url,
          MessageBody: JSON.stringify(message),
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

/** Puts SES-shaped events on the queue that SES's own arrive on. */
export function eventQueue(client: SQSClient, url: string) {
  return async (event: object): Promise<void> => {
    await client.send(
      new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(event) }),
    );
  };
}
