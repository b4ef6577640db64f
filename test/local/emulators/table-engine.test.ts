import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createClients } from '../../../local/emulators/clients.ts';
import { startTableEngine } from '../../../local/emulators/table-engine.ts';

let directory: string;
const unexpected = (error: Error) => {
  throw error;
};

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'maillayer-table-'));
});
afterEach(() => rm(directory, { recursive: true }));

const KEY = { pk: { S: 'a' } };

describe('the table engine', () => {
  it('keeps items over a restart', async () => {
    const first = await startTableEngine(directory, unexpected);
    const writer = createClients(first.url, first.url).dynamodb;
    await writer.send(
      new CreateTableCommand({
        TableName: 'items',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    await writer.send(new PutItemCommand({ TableName: 'items', Item: KEY }));
    writer.destroy();
    await first.stop();

    const second = await startTableEngine(directory, unexpected);
    const reader = createClients(second.url, second.url).dynamodb;
    const read = await reader.send(new GetItemCommand({ TableName: 'items', Key: KEY }));
    expect(read.Item).toEqual(KEY);
    reader.destroy();
    await second.stop();
  });

  it('says what is wrong when its directory is a file', async () => {
    await writeFile(join(directory, 'table'), 'not a directory');
    await expect(startTableEngine(join(directory, 'table'), unexpected)).rejects.toThrow(
      'the table cannot be opened: ',
    );
  });
});
