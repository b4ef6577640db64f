import {
  ConditionalCheckFailedException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TABLE } from '../../lambdas/core/contract/table.ts';
import { startMessagingEmulator } from '../contracts/messaging-fixture.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';

/** What `docs/local.md` says of the emulators must stay true when their packages are updated. */
describe('the table engine', () => {
  let started: TestTable;
  beforeAll(async () => {
    started = await startTable();
  });
  afterAll(() => started.stop());

  const put = (Item: Record<string, unknown>) =>
    started.table.client.send(new PutCommand({ TableName: started.table.name, Item }));

  it('knows no transactions', async () => {
    const { client, name } = started.table;
    const Put = { TableName: name, Item: { pk: { S: 'a' }, sk: { S: 'b' } } };
    const sent = client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] }));
    await expect(sent).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });

  it('does not return the item that made a condition fail', async () => {
    await put({ pk: 'kept', sk: 'item' });
    const write = new PutCommand({
      TableName: started.table.name,
      Item: { pk: 'kept', sk: 'item' },
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const failure = await started.table.client.send(write).catch((error) => error);
    expect(failure).toBeInstanceOf(ConditionalCheckFailedException);
    expect(failure.Item).toBeUndefined();
  });

  it('keeps what has expired', async () => {
    await put({ pk: 'old', sk: 'item', ttl: 1 });
    const Key = { pk: 'old', sk: 'item' };
    const { client, name: TableName } = started.table;
    expect((await client.send(new GetCommand({ TableName, Key }))).Item).toMatchObject(Key);
  });

  it('shows a write in an index at once', async () => {
    const { indexName, partitionKey, sortKey } = TABLE.due;
    for (let n = 0; n < 50; n += 1) {
      await put({ pk: 'due', sk: `${n}`, [partitionKey]: `shard${n}`, [sortKey]: n });
      const found = await started.table.client.send(
        new QueryCommand({
          TableName: started.table.name,
          IndexName: indexName,
          KeyConditionExpression: '#p = :p',
          ExpressionAttributeNames: { '#p': partitionKey },
          ExpressionAttributeValues: { ':p': `shard${n}` },
        }),
      );
      expect(found.Count).toBe(1);
    }
  });
});

describe('the queues', () => {
  let messaging: Awaited<ReturnType<typeof startMessagingEmulator>>;
  let sqs: SQSClient;
  beforeAll(async () => {
    messaging = await startMessagingEmulator();
    sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
    await sqs.send(new CreateQueueCommand({ QueueName: 'work' }));
  });
  afterAll(async () => {
    sqs.destroy();
    await messaging.stop();
  });

  it('forget the message group, and give each message once while it is hidden', async () => {
    const QueueUrl = messaging.queueUrl('work');
    const texts = Array.from({ length: 20 }, (_, n) => `message ${n}`);
    for (const MessageBody of texts) {
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: 'shop' }));
    }
    const received = [];
    for (let i = 0; i < 4; i += 1) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ['All'],
        }),
      );
      received.push(...Messages);
    }
    expect(received.map(({ Body }) => Body)).toEqual(texts);
    expect(received.flatMap(({ Attributes }) => Attributes?.MessageGroupId ?? [])).toEqual([]);
  });
});
