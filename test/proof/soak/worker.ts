/**
 * A process that runs the queues' functions of a local system that leaves them out: `worker.ts <data directory> <seed>`.
 * It may be killed at any moment, as an execution environment may be.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { readAssembly } from '../../../local/assembly.ts';
import { createClients, type Endpoints } from '../../../local/emulators/clients.ts';
import { type FunctionDefinition, readFunction } from '../../../local/functions/definition.ts';
import type { RunningFunction } from '../../../local/functions/pool.ts';
import type { InvocationResult } from '../../../local/functions/protocol.ts';
import { readMapping } from '../../../local/queue/mapping.ts';
import { startPoller } from '../../../local/queue/poller.ts';
import { ACCOUNT } from '../../../local/template/aws.ts';
import { openTemplate } from '../../../local/template/template.ts';

/** Of the messages, the share that is handed out twice (issue: 5 %), and how much later at most. */
const TWICE = 0.05;
const LATER_MS = 2000;

const [dataDir = ''] = process.argv.slice(2);

type Handler = (event: unknown, context: unknown) => Promise<unknown>;
type Records = { readonly Records: readonly unknown[] };

/** The function's bundle with its environment, which it reads while it is loaded. */
async function load({ file, exportName, environment }: FunctionDefinition): Promise<Handler> {
  Object.assign(process.env, environment);
  const module = (await import(pathToFileURL(`${file}.mjs`).href)) as Record<string, Handler>;
  const handler = module[exportName];
  if (!handler) throw new Error(`${file} exports no ${exportName}.`);
  return handler;
}

function running(definition: FunctionDefinition, handler: Handler): RunningFunction {
  async function invoke(event: string): Promise<InvocationResult> {
    const deadline = Date.now() + definition.timeoutMs;
    const context = { getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()) };
    try {
      return { ok: true, payload: JSON.stringify(await handler(JSON.parse(event), context)) };
    } catch (error) {
      return { ok: false, errorType: 'Error', errorMessage: String(error) };
    }
  }

  async function onceMore(record: unknown): Promise<void> {
    await sleep(Math.random() * LATER_MS);
    process.send?.('twice');
    await invoke(JSON.stringify({ Records: [record] }));
  }

  return {
    definition,
    invoke(event) {
      for (const record of (JSON.parse(event) as Records).Records) {
        if (Math.random() < TWICE) void onceMore(record);
      }
      return invoke(event);
    },
    stop: async () => undefined,
  };
}

process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';
const { endpoints } = JSON.parse(readFileSync(join(dataDir, 'endpoints.json'), 'utf8')) as {
  endpoints: Endpoints;
};
const { template: json, assetDirectory } = await readAssembly(join(dataDir, 'cdk.out'));
const template = openTemplate(json, (name) => `${endpoints.sqs}/${ACCOUNT}/${name}`);
const { sqs } = createClients(endpoints.dynamodb, endpoints.sqs);
const functions = template
  .resources('AWS::Lambda::Function')
  .map((resource) => readFunction(resource, assetDirectory, endpoints));
const queues = template.resources('AWS::SQS::Queue');

for (const resource of template.resources('AWS::Lambda::EventSourceMapping')) {
  const mapping = readMapping(resource);
  const definition = functions.find(
    ({ arn, name }) => mapping && [arn, name].includes(mapping.functionName),
  );
  const queue = queues.find(({ attributes }) => attributes.Arn === mapping?.queueArn);
  if (!mapping || !definition || !queue) continue;
  const handler = await load(definition);
  startPoller({
    client: sqs,
    queueUrl: queue.ref,
    mapping,
    function: running(definition, handler),
    onProblem: (sentence) => process.send?.(sentence),
  });
}
process.send?.('ready');
