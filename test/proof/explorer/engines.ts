import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { buildApp } from 'fauxqs';
import { readAssembly } from '../../../local/assembly.ts';
import { CREDENTIALS } from '../../../local/emulators/clients.ts';
import { openStores } from '../../../local/emulators/fauxqs-parts.ts';
import { type FunctionDefinition, readFunction } from '../../../local/functions/definition.ts';
import { openKms } from '../../../local/kms/server.ts';
import { type QueueMapping, readMapping } from '../../../local/queue/mapping.ts';
import { readConfigurationSets } from '../../../local/resources/configuration-sets.ts';
import { deployResources } from '../../../local/resources/deploy.ts';
import { deployKeys } from '../../../local/resources/keys.ts';
import { deployTable } from '../../../local/resources/table.ts';
import { type OpenSes, openSes } from '../../../local/ses/server.ts';
import { ACCOUNT, REGION } from '../../../local/template/aws.ts';
import { openTemplate, type Template } from '../../../local/template/template.ts';
import { inProcessHandler, type Listener } from './in-process-http.ts';

/** An item of the table. */
export type Item = Record<string, unknown>;

const HOSTS = { dynamodb: 'table', messaging: 'queues', ses: 'ses', kms: 'kms' };
const url = (host: string) => `http://${host}`;

/** DynamoDB's limit of writes in one BatchWriteItem. */
const WRITES_PER_BATCH = 25;

/** The local engines in this process, with the template's resources, and no socket between. */
export type Engines = Awaited<ReturnType<typeof openEngines>>;

/** An engine without tables. What it has deleted it keeps in memory, so each run has one of its own. */
function openTableEngine(): Listener {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  return server.listeners('request')[0] as Listener;
}

function functionsOf(template: Template, assetDirectory: (key: string) => string) {
  const endpoints = {
    dynamodb: url(HOSTS.dynamodb),
    ses: url(HOSTS.ses),
    sqs: url(HOSTS.messaging),
    s3: url(HOSTS.messaging),
    kms: url(HOSTS.kms),
    cognito: url('nothing'),
    dns: '127.0.0.1:9',
  };
  return template
    .resources('AWS::Lambda::Function')
    .map((resource) => readFunction(resource, assetDirectory, endpoints));
}

/** Mapping by the name of the function that it feeds. */
type Fed = { readonly mapping: QueueMapping; readonly definition: FunctionDefinition };

function fedOf(template: Template, functions: readonly FunctionDefinition[]): Fed[] {
  return template.resources('AWS::Lambda::EventSourceMapping').flatMap((resource) => {
    const mapping = readMapping(resource);
    const definition = functions.find(
      ({ arn, name }) => mapping && [arn, name].includes(mapping.functionName),
    );
    return mapping && definition ? [{ mapping, definition }] : [];
  });
}

/**
 * Opens the engines.
 *
 * @param assembly directory of the synthesized cloud assembly
 * @param now epoch milliseconds; what fauxqs reads is `Date.now`
 */
export async function openEngines(assembly: string, now: () => number) {
  const directory = mkdtempSync(join(tmpdir(), 'maillayer-explorer-'));
  const { template: json, assetDirectory } = await readAssembly(assembly);
  const template = openTemplate(json, (name) => `${url(HOSTS.messaging)}/${ACCOUNT}/${name}`);
  const stores = await openStores();
  const app = buildApp({ logger: false, stores });
  await app.ready();
  const kms = openKms({ file: join(directory, 'keys.json'), now });
  deployKeys(template, kms);
  let ses: OpenSes | undefined;
  let tableEngine = openTableEngine();
  const listeners = new Map<string, Listener>([
    [HOSTS.dynamodb, (request, response) => tableEngine(request, response)],
    [HOSTS.messaging, (request, response) => void app.routing(request, response)],
    [HOSTS.ses, (request, response) => void ses?.listener(request as never, response as never)],
    [HOSTS.kms, kms.listener],
  ]);
  const Handler = inProcessHandler(listeners, HOSTS.dynamodb);
  const plain = (host: string) => ({
    region: REGION,
    credentials: CREDENTIALS,
    endpoint: url(host),
    requestHandler: new Handler(),
  });
  const dynamodb = new DynamoDBClient(plain(HOSTS.dynamodb));
  const clients = {
    dynamodb,
    sqs: new SQSClient({ ...plain(HOSTS.messaging), useQueueUrlAsEndpoint: false }),
    sns: new SNSClient(plain(HOSTS.messaging)),
    s3: new S3Client({ ...plain(HOSTS.messaging), forcePathStyle: true }),
  };
  await deployResources(template, clients);
  const functions = functionsOf(template, assetDirectory);
  const document = DynamoDBDocumentClient.from(dynamodb, {
    marshallOptions: { removeUndefinedValues: true },
  });
  const [tableResource] = template.resources('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table');
  if (!tableResource) throw new Error('The template has no table.');
  const TableName = tableResource.name;

  const items = async (): Promise<Item[]> => {
    const { Items = [] } = await document.send(new ScanCommand({ TableName }));
    return Items;
  };
  const write = async (requests: readonly object[]) => {
    for (let start = 0; start < requests.length; start += WRITES_PER_BATCH) {
      const RequestItems = { [TableName]: requests.slice(start, start + WRITES_PER_BATCH) };
      await document.send(new BatchWriteCommand({ RequestItems }));
    }
  };
  return {
    Handler,
    sqs: clients.sqs,
    kms: new KMSClient(plain(HOSTS.kms)),
    sets: readConfigurationSets(template),
    table: { name: TableName, client: document, counterClient: document },
    queues: stores.sqsStore,
    functions,
    fed: fedOf(template, functions),
    endpointOf: (host: keyof typeof HOSTS) => url(HOSTS[host]),
    /** Everything on the table. */
    items,
    /** Makes the table hold exactly these, the queues nothing, and SES a fresh account. */
    async reset(
      seeds: readonly Item[],
      publish: (topic: string, message: string) => Promise<void>,
    ) {
      tableEngine = openTableEngine();
      await deployTable(dynamodb, tableResource);
      await write(seeds.map((Item) => ({ PutRequest: { Item } })));
      stores.sqsStore.clearMessages();
      ses?.close();
      ses = openSes({ file: ':memory:', publish, now });
      for (const set of readConfigurationSets(template)) ses.putConfigurationSet(set);
      return ses;
    },
    async close() {
      ses?.close();
      await app.close();
      rmSync(directory, { recursive: true });
    },
  };
}
