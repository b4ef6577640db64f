import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Clients, createClients } from '../../../local/emulators/clients.ts';
import { startTableEngine } from '../../../local/emulators/table-engine.ts';
import { deployTable } from '../../../local/resources/table.ts';
import type { Service } from '../../../local/service.ts';
import { openTemplate } from '../../../local/template/template.ts';

let directory: string;
let engine: Service;
let clients: Clients;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'maillayer-table-'));
  engine = await startTableEngine(directory, (error) => {
    throw error;
  });
  clients = createClients(engine.url, engine.url);
});
afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  await engine.stop();
  await rm(directory, { recursive: true });
});

const key = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  { AttributeName: range, KeyType: 'RANGE' },
];

/** A table with an index like that of what is due, sorted by an attribute of this type. */
function table(sortType: 'N' | 'S') {
  const types = { pk: 'S', sk: 'S', gsi2pk: 'S', gsi2sk: sortType };
  const Due = {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: Object.entries(types).map(([AttributeName, AttributeType]) => ({
        AttributeName,
        AttributeType,
      })),
      KeySchema: key('pk', 'sk'),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'gsi2',
          KeySchema: key('gsi2pk', 'gsi2sk'),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    },
  };
  const [resource] = openTemplate({ Resources: { Due } }, (name) => name).resources(Due.Type);
  if (resource === undefined) throw new Error('The template has no table.');
  return resource;
}

async function put(sk: string, dueAt?: number) {
  const due = { gsi2pk: { S: 'due#0' }, gsi2sk: { N: String(dueAt) } };
  const Item = { pk: { S: 'a' }, sk: { S: sk }, ...(dueAt === undefined ? {} : due) };
  await clients.dynamodb.send(new PutItemCommand({ TableName: 'Due', Item }));
}

async function dueUntil(until: number) {
  const { Items = [] } = await clients.dynamodb.send(
    new QueryCommand({
      TableName: 'Due',
      IndexName: 'gsi2',
      KeyConditionExpression: 'gsi2pk = :shard AND gsi2sk <= :until',
      ExpressionAttributeValues: { ':shard': { S: 'due#0' }, ':until': { N: String(until) } },
    }),
  );
  return Items.map(({ sk, gsi2sk }) => [sk?.S, Number(gsi2sk?.N)]);
}

describe('a table of the template', () => {
  it('has an index that sorts by number and holds only what has that number', async () => {
    await deployTable(clients.dynamodb, table('N'));
    await put('late', 1_000_000);
    await put('early', 900);
    await put('never');
    await put('next', 2000);
    expect(await dueUntil(5000)).toEqual([
      ['early', 900],
      ['next', 2000],
    ]);
  });

  it('stays as it is when it is deployed again', async () => {
    await deployTable(clients.dynamodb, table('N'));
    expect(await dueUntil(900)).toEqual([['early', 900]]);
  });

  it('is refused when the same key has become of another type', async () => {
    await expect(deployTable(clients.dynamodb, table('S'))).rejects.toThrow(
      'The data directory holds a table of another version',
    );
  });
});
