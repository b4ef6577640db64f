import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { findQueues } from '../../kit/local-system.ts';
import type { Canary, Kind } from './canaries.ts';
import { found } from './canaries.ts';
import type { Refused, Stage } from './stage.ts';

const shown = (text: string) => text.slice(0, 500);

/** Canaries in what functions wrote. */
export function inLines({ lines, canaries }: Stage): string[] {
  return lines.flatMap(({ from, line }) =>
    found(line, canaries).map((kind) => `A line of ${from} holds a ${kind}: ${shown(line)}`),
  );
}

/** What an error may name, by contract: the domain or the address that it is about. */
const NAMED: Readonly<Record<string, readonly Kind[]>> = { 'Recipient suppressed': ['recipient'] };

/** Canaries in what callers were told. */
export function inErrors({ refused, canaries }: Stage): string[] {
  return refused.flatMap(({ asked, told }: Refused) => {
    const text = JSON.stringify(told.body);
    const allowed = NAMED[String(told.body.error)] ?? [];
    return [...new Set([...found(text, canaries), ...found(String(told.body.message), canaries)])]
      .filter((kind) => !allowed.includes(kind))
      .map(
        (kind) => `The answer ${told.status} to ${shown(asked)} holds a ${kind}: ${shown(text)}`,
      );
  });
}

/** Canaries in the attributes of parked messages; how many there are. */
export async function inParked({ queues, canaries }: Stage) {
  const violations: string[] = [];
  let count = 0;
  for (const QueueUrl of await findQueues(queues, /dead/i)) {
    for (let i = 0; i < 100; i += 1) {
      const receive = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
      const { Messages = [] } = await queues.send(new ReceiveMessageCommand(receive));
      if (Messages.length === 0) break;
      count += Messages.length;
      for (const { MessageAttributes } of Messages) {
        const text = JSON.stringify(MessageAttributes ?? {});
        violations.push(
          ...found(text, canaries).map(
            (kind) => `A parked message's attributes hold a ${kind}: ${text}`,
          ),
        );
      }
    }
  }
  return { violations, count };
}

/** A key or a secret that is more than its beginning. */
const IN_CLEAR = /ml_(live|test)_[0-9A-Za-z]{6}|whsec_[0-9A-Za-z+/=]{6}/;
const KEYS = ['pk', 'sk', 'gsi1pk', 'gsi1sk', 'gsi2pk'] as const;

type Item = Readonly<Record<string, { readonly S?: string }>>;

/** Binary values as base64, beside which their bytes may be searched. */
const textOf = (item: unknown) =>
  JSON.stringify(item, (_, value) =>
    value instanceof Uint8Array
      ? [Buffer.from(value).toString('base64'), Buffer.from(value).toString('latin1')]
      : value,
  );

async function scan({ world }: Stage): Promise<Item[]> {
  const { endpoints, tableName: TableName } = world.system;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const table = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: endpoints.dynamodb,
    credentials,
  });
  const items: Item[] = [];
  let from: Record<string, never> | undefined;
  do {
    const page = await table.send(new ScanCommand({ TableName, ExclusiveStartKey: from }));
    items.push(...((page.Items ?? []) as Item[]));
    from = page.LastEvaluatedKey as Record<string, never> | undefined;
  } while (from !== undefined);
  table.destroy();
  return items;
}

/** Keys of items that hold an address where only its digest belongs (docs/access-patterns.md). */
function addressesInKeys(item: Item, canaries: readonly Canary[]): string[] {
  const addresses = canaries.filter(({ kind }) => kind === 'recipient' || kind === 'sender');
  return KEYS.flatMap((name) => {
    const key = item[name]?.S ?? '';
    // A suppression is looked up by its address, and its sort key is that.
    const isMeant = name === 'sk' && key.startsWith('suppression#');
    return isMeant
      ? []
      : found(key, addresses).map((kind) => `The key ${name} holds a ${kind}: ${key}`);
  });
}

/** API keys and secrets anywhere in the table, addresses in its keys; how many items there are. */
export async function inTable(stage: Stage) {
  const secrets = stage.canaries.filter(
    ({ kind }) => kind === 'API key' || kind === 'webhook secret',
  );
  const items = await scan(stage);
  const violations = items.flatMap((item) => {
    const text = textOf(item);
    const place = `The item ${item.pk?.S} ${item.sk?.S}`;
    return [
      ...found(text, secrets).map((kind) => `${place} holds a ${kind}: ${shown(text)}`),
      ...(IN_CLEAR.test(text) ? [`${place} holds a key or a secret in clear: ${shown(text)}`] : []),
      ...addressesInKeys(item, stage.canaries),
    ];
  });
  return { violations, count: items.length };
}

/** Canaries in the names of objects; how many there are. */
export async function inBuckets({ world, canaries }: Stage) {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const { s3: endpoint } = world.system.endpoints;
  const s3 = new S3Client({ region: 'us-east-1', endpoint, credentials, forcePathStyle: true });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const keys: string[] = [];
  for (const { Name: Bucket = '' } of Buckets) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    keys.push(`${Bucket}`, ...Contents.map(({ Key = '' }) => Key));
  }
  s3.destroy();
  const violations = keys.flatMap((key) =>
    found(key, canaries).map((kind) => `The name of an object holds a ${kind}: ${key}`),
  );
  return { violations, count: keys.length };
}
