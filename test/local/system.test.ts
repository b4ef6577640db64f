import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type System, startSystem } from '../../local/system.ts';
import type { SystemOptions } from '../../local/system-options.ts';
import { until } from '../kit/patience.ts';
import { RESOURCES, writeAssembly } from './assembly-fixture.ts';

let assembly: string;
let dataDir: string;
let running: System | undefined;

beforeAll(async () => {
  assembly = await mkdtemp(join(tmpdir(), 'maillayer-assembly-'));
});
afterAll(() => rm(assembly, { recursive: true }));

beforeEach(async () => {
  await writeAssembly(assembly);
  dataDir = await mkdtemp(join(tmpdir(), 'maillayer-system-'));
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(dataDir, { recursive: true });
});

async function start(options: Partial<SystemOptions> = {}): Promise<System> {
  running = await startSystem({ dataDir, port: 0, assembly, seed: false, ...options });
  return running;
}

async function call(system: System, op: string, text = ''): Promise<unknown> {
  const response = await fetch(`${system.apiUrl}/call`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ op, text }),
  });
  return response.json();
}

async function seal(system: System, text: string): Promise<string> {
  return ((await call(system, 'seal', text)) as { sealed: string }).sealed;
}

const seen = (system: System, body: string) =>
  until(async () => (await call(system, 'get', `seen#${body}`)) !== null);

async function queue<T>(system: System, work: (client: SQSClient) => Promise<T>): Promise<T> {
  const client = new SQSClient({
    endpoint: system.endpoints.sqs,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}

const queueUrl = (system: System, name: string) => `${system.endpoints.sqs}/000000000000/${name}`;

const attributes = (system: System, name: string) =>
  queue(system, async (client) => {
    const QueueUrl = queueUrl(system, name);
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
    return (await client.send(command)).Attributes ?? {};
  });

describe('the local system', () => {
  it('runs the template: routes, table, bucket, queue, topic, key, mail and schedule', async () => {
    const system = await start();
    const other = await fetch(`${system.apiUrl}/other`);
    expect(await other.json()).toEqual({ route: '$default' });

    await call(system, 'put', 'item');
    expect(await call(system, 'get', 'item')).toEqual({ pk: { S: 'item' } });

    await call(system, 'store', 'content');
    expect(await call(system, 'load')).toEqual({ body: 'content' });

    await call(system, 'send', 'by-queue');
    await seen(system, 'by-queue');
    await call(system, 'publish', 'by-topic');
    await seen(system, 'by-topic');
    const sealed = await seal(system, 'secret');
    expect(await call(system, 'open', sealed)).toEqual({ opened: 'secret' });

    expect(await call(system, 'account')).toHaveProperty('MaxSendRate');
    await until(async () => (await call(system, 'get', 'ticks')) !== null);
    expect(await call(system, 'throw')).toEqual({ message: 'Internal Server Error' });
  });

  it('keeps items, objects and messages over a restart, with new ports', async () => {
    const first = await start();
    await call(first, 'put', 'kept');
    await call(first, 'store', 'kept content');
    const sealed = await seal(first, 'kept secret');
    const command = { QueueUrl: queueUrl(first, 'Slow'), MessageBody: 'later' };
    await queue(first, (client) => client.send(new SendMessageCommand(command)));
    await first.stop();

    const second = await start();
    expect(await call(second, 'get', 'kept')).toEqual({ pk: { S: 'kept' } });
    expect(await call(second, 'load')).toEqual({ body: 'kept content' });
    expect(await call(second, 'open', sealed)).toEqual({ opened: 'kept secret' });
    expect((await attributes(second, 'Slow')).ApproximateNumberOfMessagesDelayed).toBe('1');
    await call(second, 'send', 'after-restart');
    await seen(second, 'after-restart');
  });

  it('loses nothing when its process is killed', async () => {
    const script = `
      import { startSystem } from './local/system.ts';
      const [dataDir, assembly] = process.argv.slice(1);
      const system = await startSystem({ dataDir, assembly, port: 0, seed: false });
      console.log(JSON.stringify(system));
    `;
    const child = spawn(
      process.execPath,
      ['--input-type=module', '-e', script, dataDir, assembly],
      {
        env: { ...process.env, NODE_OPTIONS: '' },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const [printed] = (await once(child.stdout, 'data')) as [Buffer];
    const doomed = JSON.parse(printed.toString()) as System;
    await call(doomed, 'put', 'kept');
    await call(doomed, 'store', 'kept content');
    const command = { QueueUrl: queueUrl(doomed, 'Slow'), MessageBody: 'later' };
    await queue(doomed, (client) => client.send(new SendMessageCommand(command)));
    child.kill('SIGKILL');
    await once(child, 'exit');

    const system = await start();
    expect(await call(system, 'get', 'kept')).toEqual({ pk: { S: 'kept' } });
    expect(await call(system, 'load')).toEqual({ body: 'kept content' });
    expect((await attributes(system, 'Slow')).ApproximateNumberOfMessagesDelayed).toBe('1');
  });

  it('gives queues and subscriptions what the template says now', async () => {
    const first = await start();
    expect(await attributes(first, 'Jobs')).toMatchObject({
      VisibilityTimeout: '20',
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:Dead',
        maxReceiveCount: 3,
      }),
    });
    await first.stop();
    const { Subscription: _, ...resources } = RESOURCES;
    const Jobs = { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 40 } };
    await writeAssembly(assembly, { ...resources, Jobs });

    const second = await start();
    const now = await attributes(second, 'Jobs');
    expect(now.VisibilityTimeout).toBe('40');
    expect(now.RedrivePolicy).toBeUndefined();
    await call(second, 'publish', 'to-nobody');
    await call(second, 'send', 'to-somebody');
    await seen(second, 'to-somebody');
    expect(await call(second, 'get', 'seen#to-nobody')).toBeNull();
  });

  it('tells programs where everything is, for as long as it runs', async () => {
    const system = await start();
    const read = async (name: string) =>
      JSON.parse(await readFile(join(dataDir, name), 'utf8')) as unknown;
    expect(await read('endpoints.json')).toEqual({
      region: 'us-east-1',
      tableName: 'Items',
      endpoints: system.endpoints,
      assemblyDirectory: assembly,
    });
    expect(await read('local.json')).toEqual({
      apiUrl: system.apiUrl,
      inboxUrl: system.inboxUrl,
      dashboardUrl: null,
      domain: 'maillayer.test',
    });
    await system.stop();
    expect(existsSync(join(dataDir, 'local.json'))).toBe(false);
    expect(existsSync(join(dataDir, 'endpoints.json'))).toBe(false);
  });

  it('shows what the functions write', async () => {
    const lines: string[] = [];
    const system = await start({ onLine: (name, line) => lines.push(`${name}: ${line}`) });
    await call(system, 'throw');
    await until(async () => lines.includes('Web: Error: on purpose'));
  });

  it('refuses a template with a resource that it cannot run', async () => {
    await writeAssembly(assembly, { ...RESOURCES, Db: { Type: 'AWS::RDS::DBInstance' } });
    await expect(start()).rejects.toThrow('a resource of type AWS::RDS::DBInstance (Db)');
  });

  it('refuses a key that it cannot make', async () => {
    const Properties = { KeySpec: 'RSA_2048' };
    await writeAssembly(assembly, { ...RESOURCES, Secrets: { Type: 'AWS::KMS::Key', Properties } });
    await expect(start()).rejects.toThrow('AWS::KMS::Key Secrets: KeySpec: ');
  });

  it('refuses items of a table with other keys', async () => {
    await (await start()).stop();
    const Items = {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      },
    };
    await writeAssembly(assembly, { ...RESOURCES, Items });
    await expect(start()).rejects.toThrow('holds a table of another version');
  });

  it('refuses a data directory with a damaged file, and can then start in another', async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, 'messaging', 'fauxqs.db'), 'no database '.repeat(500));
    await expect(start()).rejects.toThrow(
      /^The data directory .* is damaged \(the queues cannot be opened: .*\): delete it, or choose another with --data-dir\.$/,
    );
    await writeFile(join(dataDir, 'messaging', 'fauxqs.db'), '');
    await writeFile(join(dataDir, 'keys.json'), '{}}');
    await expect(start()).rejects.toThrow('is damaged (the keys of the KMS cannot be read: ');
    await start({ dataDir: undefined });
  });
});
