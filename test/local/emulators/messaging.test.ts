import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createClients } from '../../../local/emulators/clients.ts';
import { startMessaging } from '../../../local/emulators/messaging.ts';

let directory: string;
const unexpected = (error: Error) => {
  throw error;
};

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'maillayer-messaging-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function open() {
  const messaging = await startMessaging(directory, unexpected);
  const { sqs, s3 } = createClients('http://127.0.0.1:1', messaging.url);
  const queue = messaging.queueUrl('work');
  return {
    queue,
    sqs,
    s3,
    url: messaging.url,
    receive: async () => {
      const received = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queue, MessageSystemAttributeNames: ['All'] }),
      );
      return received.Messages?.[0];
    },
    stop: async () => {
      sqs.destroy();
      s3.destroy();
      await messaging.stop();
    },
  };
}

describe('the emulator of queues, topics and objects', () => {
  it('keeps messages and objects over a restart on another port', async () => {
    const first = await open();
    await first.sqs.send(new CreateQueueCommand({ QueueName: 'work' }));
    await first.sqs.send(new SendMessageCommand({ QueueUrl: first.queue, MessageBody: 'one' }));
    await first.s3.send(new CreateBucketCommand({ Bucket: 'content' }));
    await first.s3.send(new PutObjectCommand({ Bucket: 'content', Key: 'a/b', Body: 'hello' }));
    await first.stop();

    const second = await open();
    expect((await second.receive())?.Body).toBe('one');
    const object = await second.s3.send(new GetObjectCommand({ Bucket: 'content', Key: 'a/b' }));
    expect(await object.Body?.transformToString()).toBe('hello');
    await second.stop();
  });

  it('shows a message again, with its count, when its visibility is set to 0', async () => {
    const first = await open();
    await first.sqs.send(new CreateQueueCommand({ QueueName: 'work' }));
    await first.sqs.send(new SendMessageCommand({ QueueUrl: first.queue, MessageBody: 'one' }));
    const received = await first.receive();
    await first.sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: first.queue,
        ReceiptHandle: received?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    await first.stop();

    const second = await open();
    const again = await second.receive();
    expect(again?.Body).toBe('one');
    expect(again?.Attributes?.ApproximateReceiveCount).toBe('2');
    await second.stop();
  });

  it('gives its queues an address that is reachable without any name lookup', async () => {
    const emulator = await open();
    const created = await emulator.sqs.send(new CreateQueueCommand({ QueueName: 'work' }));
    expect(created.QueueUrl).toBe(emulator.queue);
    expect(new URL(emulator.url).hostname).toBe('127.0.0.1');
    await emulator.stop();
  });

  it('says what is wrong when its file is damaged', async () => {
    await writeFile(join(directory, 'fauxqs.db'), 'this is not a database, '.repeat(100));
    await expect(startMessaging(directory, unexpected)).rejects.toThrow(
      'the queues cannot be opened: file is not a database',
    );
  });
});
