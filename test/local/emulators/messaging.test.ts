import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
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
    receive: async (changes: { readonly WaitTimeSeconds?: number } = {}) => {
      const MessageSystemAttributeNames = ['All' as const];
      const received = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queue, MessageSystemAttributeNames, ...changes }),
      );
      return received.Messages?.[0];
    },
    counts: async () => {
      const command = new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ['All'] });
      const { Attributes = {} } = await sqs.send(command);
      return {
        visible: Attributes.ApproximateNumberOfMessages,
        delayed: Attributes.ApproximateNumberOfMessagesDelayed,
        hidden: Attributes.ApproximateNumberOfMessagesNotVisible,
      };
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

  it('holds messages of a batch back, each for its own delay, and a restart does not free them', async () => {
    const first = await open();
    await first.sqs.send(new CreateQueueCommand({ QueueName: 'work' }));
    const sent = await first.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: first.queue,
        Entries: [
          { Id: '0', MessageBody: 'now', DelaySeconds: 0, MessageGroupId: 'one' },
          { Id: '1', MessageBody: 'soon', DelaySeconds: 1, MessageGroupId: 'two' },
          { Id: '2', MessageBody: 'late', DelaySeconds: 900, MessageGroupId: 'one' },
        ],
      }),
    );
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['0', '1', '2']);
    expect(sent.Failed ?? []).toEqual([]);
    expect((await first.receive())?.Body).toBe('now');
    await first.stop();

    const second = await open();
    // A receive that is already waiting gets what becomes due.
    expect((await second.receive({ WaitTimeSeconds: 20 }))?.Body).toBe('soon');
    expect(await second.receive()).toBeUndefined();
    expect(await second.counts()).toEqual({ visible: '0', delayed: '1', hidden: '2' });
    await second.stop();
  });

  it('gives nothing to a receive whose caller has gone', async () => {
    const { queue, sqs, receive, counts, stop } = await open();
    await sqs.send(new CreateQueueCommand({ QueueName: 'work' }));
    const caller = new AbortController();
    const command = new ReceiveMessageCommand({ QueueUrl: queue, WaitTimeSeconds: 20 });
    const waiting = sqs.send(command, { abortSignal: caller.signal }).catch(() => undefined);
    // Time for the receive to reach the queue and, then, for its end to do so.
    await sleep(1000);
    caller.abort();
    await waiting;
    await sleep(500);
    await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: 'for the next' }));
    expect(await counts()).toMatchObject({ visible: '1', hidden: '0' });
    expect((await receive())?.Body).toBe('for the next');
    await stop();
  });

  it('refuses of a batch only the entry that is too large', async () => {
    const emulator = await open();
    const Attributes = { MaximumMessageSize: '1024' };
    await emulator.sqs.send(new CreateQueueCommand({ QueueName: 'work', Attributes }));
    const sent = await emulator.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: emulator.queue,
        Entries: [
          { Id: '0', MessageBody: 'x'.repeat(1025) },
          { Id: '1', MessageBody: 'small' },
        ],
      }),
    );
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['1']);
    expect(sent.Failed?.map(({ Id }) => Id)).toEqual(['0']);
    expect((await emulator.receive())?.Body).toBe('small');
    await emulator.stop();
  });

  it('changes the visibility of several messages at once, and names the one it does not know', async () => {
    const emulator = await open();
    await emulator.sqs.send(new CreateQueueCommand({ QueueName: 'work' }));
    for (const MessageBody of ['one', 'two']) {
      const QueueUrl = emulator.queue;
      await emulator.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    }
    const [one, two] = [await emulator.receive(), await emulator.receive()];
    const changed = await emulator.sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: emulator.queue,
        Entries: [
          { Id: '0', ReceiptHandle: one?.ReceiptHandle, VisibilityTimeout: 0 },
          { Id: '1', ReceiptHandle: two?.ReceiptHandle, VisibilityTimeout: 43_200 },
          { Id: '2', ReceiptHandle: 'unknown', VisibilityTimeout: 0 },
        ],
      }),
    );
    expect(changed.Successful?.map(({ Id }) => Id)).toEqual(['0', '1']);
    expect(changed.Failed?.map(({ Id }) => Id)).toEqual(['2']);
    expect((await emulator.receive())?.Body).toBe(one?.Body);
    expect(await emulator.receive()).toBeUndefined();
    await emulator.stop();
  });

  it('does not hold back messages of a group of which another is being worked on', async () => {
    const emulator = await open();
    await emulator.sqs.send(new CreateQueueCommand({ QueueName: 'work' }));
    for (const MessageBody of ['one', 'two']) {
      const message = { QueueUrl: emulator.queue, MessageBody, MessageGroupId: 'same' };
      await emulator.sqs.send(new SendMessageCommand(message));
    }
    expect((await emulator.receive())?.Body).toBe('one');
    expect((await emulator.receive())?.Body).toBe('two');
    await emulator.stop();
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
