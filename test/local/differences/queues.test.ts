import { CreateBucketCommand, GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startMessagingEmulator } from '../../contracts/messaging-fixture.ts';

/** What `docs/local.md` says of the emulators must stay true when their packages are updated. */
describe('the queues', () => {
  let messaging: Awaited<ReturnType<typeof startMessagingEmulator>>;
  let sqs: SQSClient;
  beforeAll(async () => {
    messaging = await startMessagingEmulator();
    sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  });
  afterAll(async () => {
    sqs.destroy();
    await messaging.stop();
  });

  async function queue(name: string): Promise<string> {
    await sqs.send(new CreateQueueCommand({ QueueName: name }));
    return messaging.queueUrl(name);
  }

  const send = (QueueUrl: string, MessageBody: string, more = {}) =>
    sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));

  async function receive(
    QueueUrl: string,
    more: Partial<ReceiveMessageCommandInput> = {},
  ): Promise<Message[]> {
    const MessageSystemAttributeNames = ['All' as const];
    const given = { QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames, ...more };
    return (await sqs.send(new ReceiveMessageCommand(given))).Messages ?? [];
  }

  it('forget the message group, and give each message once while it is hidden', async () => {
    const url = await queue('work');
    const texts = Array.from({ length: 20 }, (_, n) => `message ${n}`);
    for (const text of texts) await send(url, text, { MessageGroupId: 'shop' });
    const received: Message[] = [];
    for (let i = 0; i < 4; i += 1) received.push(...(await receive(url)));
    expect(received.map(({ Body }) => Body)).toEqual(texts);
    expect(Object.keys(received[0]?.Attributes ?? {}).sort()).toEqual([
      'ApproximateFirstReceiveTimestamp',
      'ApproximateReceiveCount',
      'SenderId',
      'SentTimestamp',
    ]);
  });

  it('delete nothing by the handle of a receive whose time is over', async () => {
    const url = await queue('late');
    await send(url, 'again');
    const [first] = await receive(url, { VisibilityTimeout: 0 });
    const [second] = await receive(url, { VisibilityTimeout: 0 });
    expect(second?.MessageId).toBe(first?.MessageId);
    const { ReceiptHandle } = first ?? {};
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
    expect(await receive(url)).toMatchObject([{ Body: 'again' }]);
  });

  it('take a delay of more than 15 minutes', async () => {
    const url = await queue('delayed');
    await expect(send(url, 'much later', { DelaySeconds: 1000 })).resolves.toBeDefined();
  });

  it('exist beside a bucket that tells everyone that an object is missing', async () => {
    const s3 = new S3Client({ forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'contents' }));
    const absent = s3.send(new GetObjectCommand({ Bucket: 'contents', Key: 'absent' }));
    await expect(absent).rejects.toBeInstanceOf(NoSuchKey);
    s3.destroy();
  });
});
