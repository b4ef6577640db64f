import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CREDENTIALS } from '../../../local/emulators/clients.ts';
import type { System } from '../../../local/system.ts';

const COUNTS = {
  visible: ['ApproximateNumberOfMessages'],
  all: [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  ],
} as const;

/** A look into the system's queues. */
export type Queues = {
  /** Messages in the queues whose URL fits; `all` or those only that could be received now. */
  count(url: RegExp, which: keyof typeof COUNTS): Promise<number>;
  close(): void;
};

/** Opens the queues of a running system. */
export async function openQueues({ endpoints }: System): Promise<Queues> {
  const client = new SQSClient({
    region: 'us-east-1',
    endpoint: endpoints.sqs,
    credentials: CREDENTIALS,
  });
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));

  async function countOne(QueueUrl: string, which: keyof typeof COUNTS): Promise<number> {
    const AttributeNames = [...COUNTS[which]];
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames });
    const { Attributes = {} } = await client.send(command);
    return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
  }

  return {
    async count(url, which) {
      const fitting = QueueUrls.filter((each) => url.test(each));
      const counts = await Promise.all(fitting.map((each) => countOne(each, which)));
      return counts.reduce((sum, each) => sum + each, 0);
    },
    close: () => client.destroy(),
  };
}
