import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { openQueues } from '../../lambdas/core/aws/queues.ts';
import { startMessagingEmulator } from './messaging-fixture.ts';

/** How many messages a queue holds, by what has become of them. */
export type Waiting = {
  readonly visible: number;
  readonly hidden: number;
  readonly delayed: number;
};

/** The emulator of queues with a client of it. */
export interface TestQueues {
  readonly client: SQSClient;
  /** The URL of a fresh queue. */
  create(): Promise<string>;
  /** The URL of a queue that is not there. */
  readonly missing: string;
  /** One message, hidden for ten minutes. */
  receive(url: string): Promise<Message | undefined>;
  waiting(url: string): Promise<Waiting>;
  stop(): Promise<void>;
}

/** Starts the emulator of queues. */
export async function startQueues(): Promise<TestQueues> {
  const messaging = await startMessagingEmulator();
  const client = openQueues();
  let queues = 0;
  return {
    client,
    missing: messaging.queueUrl('missing'),
    async create() {
      queues += 1;
      const name = `queue-${queues}`;
      await client.send(new CreateQueueCommand({ QueueName: name }));
      return messaging.queueUrl(name);
    },
    async receive(url) {
      const command = new ReceiveMessageCommand({
        QueueUrl: url,
        VisibilityTimeout: 600,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      });
      return (await client.send(command)).Messages?.[0];
    },
    async waiting(url) {
      const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] });
      const { Attributes } = await client.send(command);
      return {
        visible: Number(Attributes?.ApproximateNumberOfMessages),
        hidden: Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
        delayed: Number(Attributes?.ApproximateNumberOfMessagesDelayed),
      };
    },
    async stop() {
      client.destroy();
      await messaging.stop();
    },
  };
}

/** A client whose requests are seen: the emulator keeps no group and tells no visibility timeout. */
export function watchedClient() {
  const watched = openQueues();
  const requests: object[] = [];
  watched.middlewareStack.add(
    (next) => (args) => {
      requests.push(args.input);
      return next(args);
    },
    { step: 'initialize' },
  );
  return { watched, requests };
}
