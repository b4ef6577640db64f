import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Clients, createClients } from '../../../local/emulators/clients.ts';
import { type Messaging, startMessaging } from '../../../local/emulators/messaging.ts';
import type { InvocationResult } from '../../../local/functions/protocol.ts';
import type { QueueMapping } from '../../../local/queue/mapping.ts';
import { type Poller, startPoller } from '../../../local/queue/poller.ts';
import { until } from '../../kit/patience.ts';

type SqsRecord = { messageId: string; body: string; attributes: Record<string, string> };

const ARN = 'arn:aws:sqs:us-east-1:000000000000:work';
const OK: InvocationResult = { ok: true, payload: 'null' };

let directory: string;
let messaging: Messaging;
let clients: Clients;
let poller: Poller | undefined;
let batches: SqsRecord[][];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'maillayer-poller-'));
  messaging = await startMessaging(directory, (error) => {
    throw error;
  });
  clients = createClients(messaging.url, messaging.url);
  batches = [];
});
afterEach(async () => {
  await poller?.stop();
  poller = undefined;
  clients.sqs.destroy();
  await messaging.stop();
  await rm(directory, { recursive: true });
});

const queueUrl = () => messaging.queueUrl('work');

async function createQueue(visibilityTimeout = 1) {
  const Attributes = { VisibilityTimeout: String(visibilityTimeout) };
  await clients.sqs.send(new CreateQueueCommand({ QueueName: 'work', Attributes }));
}

async function send(...bodies: string[]) {
  const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
  await clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl(), Entries }));
}

function poll(
  handle: (records: SqsRecord[]) => InvocationResult | Promise<InvocationResult>,
  mapping: Partial<QueueMapping> = {},
) {
  poller = startPoller({
    client: clients.sqs,
    queueUrl: queueUrl(),
    function: {
      invoke: async (event: string) => {
        const { Records } = JSON.parse(event) as { Records: SqsRecord[] };
        batches.push(Records);
        return handle(Records);
      },
    } as never,
    mapping: {
      queueArn: ARN,
      functionName: 'work',
      batchSize: 10,
      batchingWindowMs: 0,
      maximumConcurrency: 2,
      reportsItems: true,
      ...mapping,
    },
    onProblem: (sentence) => {
      throw new Error(sentence);
    },
  });
}

async function left(): Promise<number> {
  const { Attributes } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl(), AttributeNames: ['All'] }),
  );
  return (
    Number(Attributes?.ApproximateNumberOfMessages) +
    Number(Attributes?.ApproximateNumberOfMessagesNotVisible)
  );
}

describe('an event-source mapping', () => {
  it('hands messages over as Lambda does and deletes them afterwards', async () => {
    await createQueue();
    poll(() => OK);
    await clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl(),
        MessageBody: 'hello',
        MessageAttributes: { reason: { DataType: 'String', StringValue: 'because' } },
      }),
    );
    await until(() => batches.length === 1);
    await until(async () => (await left()) === 0);
    expect(batches[0]).toEqual([
      {
        messageId: expect.any(String),
        receiptHandle: expect.any(String),
        body: 'hello',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {
          reason: {
            stringValue: 'because',
            stringListValues: [],
            binaryListValues: [],
            dataType: 'String',
          },
        },
        md5OfBody: '5d41402abc4b2a76b9719d911017c592',
        md5OfMessageAttributes: expect.any(String),
        eventSource: 'aws:sqs',
        eventSourceARN: ARN,
        awsRegion: 'us-east-1',
      },
    ]);
  });

  it('keeps the messages that failed, which come again after their visibility', async () => {
    await createQueue();
    await send('good', 'bad');
    poll((records) => {
      const bad = records.filter(
        ({ body, attributes }) => body === 'bad' && attributes.ApproximateReceiveCount === '1',
      );
      const batchItemFailures = bad.map(({ messageId }) => ({ itemIdentifier: messageId }));
      return { ok: true, payload: JSON.stringify({ batchItemFailures }) };
    });
    await until(() => batches.length === 2);
    expect(batches.map((batch) => batch.map(({ body }) => body))).toEqual([
      ['good', 'bad'],
      ['bad'],
    ]);
    await until(async () => (await left()) === 0);
  });

  it('deletes nothing of a batch whose call failed', async () => {
    await createQueue(30);
    await send('one', 'two');
    poll(() => ({ ok: false, errorType: 'Error', errorMessage: 'no' }));
    await until(() => batches.length === 1);
    await poller?.stop();
    expect(await left()).toBe(2);
  });

  it('takes no more at once than its size and concurrency allow', async () => {
    await createQueue(30);
    await send('1', '2', '3', '4', '5', '6');
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    poll(() => released.then(() => OK), { batchSize: 2, maximumConcurrency: 2 });
    await until(() => batches.length === 2);
    await sleep(100);
    expect(batches.map((batch) => batch.length)).toEqual([2, 2]);
    release();
    await until(async () => (await left()) === 0);
    expect(batches).toHaveLength(3);
  });

  it('gathers messages during its batching window', async () => {
    await createQueue(30);
    poll(() => OK, { batchSize: 3, batchingWindowMs: 10_000 });
    await send('1');
    await send('2');
    await send('3');
    await until(() => batches.length === 1);
    expect(batches[0]?.map(({ body }) => body)).toEqual(['1', '2', '3']);
  });

  it('waits for the calls under way when it stops', async () => {
    await createQueue(30);
    await send('1');
    poll(() => sleep(100, OK));
    await until(() => batches.length === 1);
    await poller?.stop();
    expect(await left()).toBe(0);
  });
});
