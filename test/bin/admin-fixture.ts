import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { TABLE } from '../../lambdas/core/contract/table.ts';
import { startTableEngine } from '../../local/emulators/table-engine.ts';
import { startSes } from '../../local/ses/server.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** How one run of `bin/admin.ts` ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real process with nothing of this machine's AWS settings, and `input` as standard input. */
export async function runAdmin(
  args: readonly string[],
  { input = '', environment = {} }: { input?: string; environment?: Record<string, string> } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['bin/admin.ts', ...args], {
    cwd: ROOT,
    env: {
      PATH: dirname(process.execPath),
      HOME: tmpdir(),
      AWS_EC2_METADATA_DISABLED: 'true',
      ...environment,
    },
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'close') as Promise<[number]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, stdout, stderr };
}

async function createTable(endpoint: string, name: string): Promise<void> {
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  const { byTime } = TABLE;
  const names = [TABLE.partitionKey, TABLE.sortKey, byTime.partitionKey, byTime.sortKey];
  const keySchema = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keySchema(TABLE.partitionKey, TABLE.sortKey),
      GlobalSecondaryIndexes: [
        {
          IndexName: byTime.indexName,
          KeySchema: keySchema(byTime.partitionKey, byTime.sortKey),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  client.destroy();
}

/** The parts of a local system that administration touches: a table, SES, and where they are. */
export async function startParts() {
  const dataDir = await mkdtemp(join(tmpdir(), 'maillayer-admin-'));
  const table = await startTableEngine(join(dataDir, 'table'), () => undefined);
  const ses = await startSes({ file: ':memory:', publish: async () => undefined });
  await createTable(table.url, 'Emails');
  const endpoints = { dynamodb: table.url, ses: ses.url, dns: ses.dns };
  await writeFile(
    join(dataDir, 'endpoints.json'),
    JSON.stringify({ region: 'us-east-1', tableName: 'Emails', endpoints }),
  );
  return {
    dataDir,
    endpoints,
    async stop() {
      await ses.stop();
      await table.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

export type Parts = Awaited<ReturnType<typeof startParts>>;

type Result = Readonly<Record<string, unknown>>;

/** Runs commands as one batch; one result each. */
export async function batch(parts: Parts, ...commands: readonly string[][]): Promise<Result[]> {
  const input = commands.map((command) => `${JSON.stringify(command)}\n`).join('');
  const { stdout } = await runAdmin(['batch', '--json', '--data-dir', parts.dataDir], { input });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Result);
}
