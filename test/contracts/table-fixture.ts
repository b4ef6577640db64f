import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { TABLE } from '../../lambdas/core/contract/table.ts';
import { openTable, type Table } from '../../lambdas/core/table/table.ts';
import { startTableEngine } from '../../local/emulators/table-engine.ts';

/** An engine that is already there: any DynamoDB endpoint; without it one is started for each file. */
const GIVEN_ENDPOINT = process.env.MAILLAYER_TEST_DYNAMODB_ENDPOINT;

/** A table of its own, and how to be rid of it. */
export interface TestTable {
  readonly table: Table;
  stop(): Promise<void>;
}

/** As the SDK's endpoint variables name them. */
type Service =
  | 'CLOUDFORMATION'
  | 'COGNITO_IDENTITY_PROVIDER'
  | 'DYNAMODB'
  | 'KMS'
  | 'S3'
  | 'SESV2'
  | 'SQS';

/** Points the SDK's clients at an emulator; real credentials are for a given endpoint only. */
export function useEndpoint(service: Service, url: string): void {
  process.env[`AWS_ENDPOINT_URL_${service}`] = url;
  process.env.AWS_REGION ??= 'us-east-1';
  if (GIVEN_ENDPOINT && process.env.AWS_ACCESS_KEY_ID) return;
  delete process.env.AWS_PROFILE;
  delete process.env.AWS_SESSION_TOKEN;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
}

/** A directory for one emulator, removed by `remove`. */
export async function scratchDirectory() {
  const path = await mkdtemp(join(tmpdir(), 'maillayer-contracts-'));
  return { path, remove: () => rm(path, { recursive: true }) };
}

async function openEngine(): Promise<{ url: string; stop(): Promise<void> }> {
  if (GIVEN_ENDPOINT) return { url: GIVEN_ENDPOINT, stop: async () => undefined };
  // In memory: what keeps its data on disk is native code, which an end in the middle of a write can crash.
  return await startTableEngine(undefined, (reason) => {
    throw reason;
  });
}

const keySchema = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

const index = (name: string, partition: string, sort: string) => ({
  IndexName: name,
  KeySchema: keySchema(partition, sort),
  Projection: { ProjectionType: 'KEYS_ONLY' as const },
});

const attributes = (type: 'S' | 'N', ...names: readonly string[]) =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: type }));

async function createTable(name: string): Promise<void> {
  const { byTime, due, partitionKey, sortKey } = TABLE;
  const client = new DynamoDBClient();
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        ...attributes('S', partitionKey, sortKey, byTime.partitionKey, byTime.sortKey),
        ...attributes('S', due.partitionKey),
        ...attributes('N', due.sortKey),
      ],
      KeySchema: keySchema(partitionKey, sortKey),
      GlobalSecondaryIndexes: [
        index(byTime.indexName, byTime.partitionKey, byTime.sortKey),
        index(due.indexName, due.partitionKey, due.sortKey),
      ],
    }),
  );
  const describe = () => client.send(new DescribeTableCommand({ TableName: name }));
  while ((await describe()).Table?.TableStatus !== 'ACTIVE') {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  client.destroy();
}

/** Makes a fresh table, with the keys and the indexes of the template, on the engine under test. */
export async function startTable(): Promise<TestTable> {
  const engine = await openEngine();
  useEndpoint('DYNAMODB', engine.url);
  const name = `contracts-${randomUUID()}`;
  await createTable(name);
  const table = openTable(name);
  return {
    table,
    async stop() {
      await table.client.send(new DeleteTableCommand({ TableName: name }));
      table.client.destroy();
      table.counterClient.destroy();
      await engine.stop();
    },
  };
}

/** `count` calls at once, given their number from 0. */
export function atOnce<Result>(
  count: number,
  call: (index: number) => Promise<Result>,
): Promise<Result[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => call(index)));
}
