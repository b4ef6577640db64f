import {
  ConditionalCheckFailedException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TABLE } from '../../../lambdas/core/contract/table.ts';
import { atOnce, startTable, type TestTable } from '../../contracts/table-fixture.ts';

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

  it('leaves out of a batch of reads what goes beyond about a megabyte', async () => {
    const { client, name } = started.table;
    const Keys = await atOnce(5, async (n) => {
      const key = { pk: 'large', sk: `${n}` };
      await put({ ...key, text: 'x'.repeat(350 * 1024) });
      return key;
    });
    const read = new BatchGetCommand({ RequestItems: { [name]: { Keys } } });
    const { Responses, UnprocessedKeys } = await client.send(read);
    expect(Responses?.[name]).toHaveLength(4);
    expect(UnprocessedKeys?.[name]?.Keys).toHaveLength(1);
    await atOnce(5, (n) => client.send(new DeleteCommand({ TableName: name, Key: Keys[n] })));
  });

  it('counts a text in UTF-16 units, and so takes an item that is too large in bytes', async () => {
    await put({ pk: 'wide', sk: 'item', text: '€'.repeat(300 * 1024) });
    const tooLong = put({ pk: 'wide', sk: 'item', text: 'x'.repeat(400 * 1024) });
    await expect(tooLong).rejects.toThrow('Item size has exceeded');
  });

  it('takes an empty key of an index, and an expression of any length', async () => {
    const { client, name } = started.table;
    const { partitionKey, sortKey } = TABLE.byTime;
    const condition = Array.from({ length: 500 }, (_, n) => `attribute_not_exists(a${n})`);
    const write = new PutCommand({
      TableName: name,
      Item: { pk: 'empty', sk: 'item', [partitionKey]: '', [sortKey]: '' },
      ConditionExpression: condition.join(' AND '),
    });
    expect(write.input.ConditionExpression?.length).toBeGreaterThan(4096);
    await expect(client.send(write)).resolves.toBeDefined();
  });
});
