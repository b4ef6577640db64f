/**
 * A process that runs the queues' functions of a local system that leaves them out: `worker.ts <data directory>
 * <seed>`. It may be killed at any moment, as an execution environment may be.
 */
import '../../../local/slow-clock.ts';
import { readFileSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readAssembly } from '../../../local/assembly.ts';
import { createClients, type Endpoints } from '../../../local/emulators/clients.ts';
import { type FunctionDefinition, readFunction } from '../../../local/functions/definition.ts';
import type { RunningFunction } from '../../../local/functions/pool.ts';
import type { InvocationResult } from '../../../local/functions/protocol.ts';
import { readMapping } from '../../../local/queue/mapping.ts';
import { startPoller } from '../../../local/queue/poller.ts';
import { seededRandom } from '../../../local/seeded-random.ts';
import { ACCOUNT } from '../../../local/template/aws.ts';
import { openTemplate } from '../../../local/template/template.ts';

/** A message that shall be handed out once more, by whatever worker. */
export type SecondCopy = { readonly functionName: string; readonly record: unknown };

/** What a worker tells of. */
export type Said =
  | { readonly kind: 'copy'; readonly copy: SecondCopy }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'problem'; readonly sentence: string };

/** Of the messages, the share that is handed out twice. */
const TWICE = 0.05;

const [dataDir = '', seed = ''] = process.argv.slice(2);
const random = seededRandom(Number(seed));
const say = (said: Said) => void process.send?.(said, () => undefined);

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

/** Lambda ends the environment of a function that runs out of its time, and here all of this process is one. */
function endProcess(): void {
  process.send?.({ kind: 'timeout' } satisfies Said, () => process.kill(process.pid, 'SIGKILL'));
}

function running(definition: FunctionDefinition, handler: Handler): RunningFunction {
  return {
    definition,
    async invoke(event): Promise<InvocationResult> {
      const deadline = Date.now() + definition.timeoutMs;
      const timer = setTimeout(endProcess, definition.timeoutMs);
      const context = { getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()) };
      try {
        return { ok: true, payload: JSON.stringify(await handler(JSON.parse(event), context)) };
      } catch (error) {
        return { ok: false, errorType: 'Error', errorMessage: String(error) };
      } finally {
        clearTimeout(timer);
      }
    },
    reload: async () => undefined,
    stop: async () => undefined,
  };
}

/** The same function, of whose messages some are handed out by a second invocation too. */
function doubled(once: RunningFunction): RunningFunction {
  return {
    ...once,
    invoke(event) {
      for (const record of (JSON.parse(event) as Records).Records) {
        const copy = { functionName: once.definition.name, record };
        if (random() < TWICE) say({ kind: 'copy', copy });
      }
      return once.invoke(event);
    },
  };
}

// Without whoever started it, a worker is of no use.
process.on('disconnect', () => process.exit());
enableCompileCache(join(dataDir, 'compile-cache'));
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';
const { endpoints, assemblyDirectory } = JSON.parse(
  readFileSync(join(dataDir, 'endpoints.json'), 'utf8'),
) as { endpoints: Endpoints; assemblyDirectory: string };
const { template: json, assetDirectory } = await readAssembly(assemblyDirectory);
const template = openTemplate(json, (name) => `${endpoints.sqs}/${ACCOUNT}/${name}`);
const { sqs } = createClients(endpoints.dynamodb, endpoints.sqs);
const functions = template
  .resources('AWS::Lambda::Function')
  .map((resource) => readFunction(resource, assetDirectory, endpoints));
const queues = template.resources('AWS::SQS::Queue');
const byName = new Map<string, RunningFunction>();

for (const resource of template.resources('AWS::Lambda::EventSourceMapping')) {
  const mapping = readMapping(resource);
  const definition = functions.find(
    ({ arn, name }) => mapping && [arn, name].includes(mapping.functionName),
  );
  const queue = queues.find(({ attributes }) => attributes.Arn === mapping?.queueArn);
  if (!mapping || !definition || !queue) continue;
  const once = running(definition, await load(definition));
  byName.set(definition.name, once);
  startPoller({
    client: sqs,
    queueUrl: queue.ref,
    mapping,
    function: doubled(once),
    onProblem: (sentence) => say({ kind: 'problem', sentence }),
  });
}
// Copies that came while the functions were loaded have waited for this listener.
process.on('message', ({ functionName, record }: SecondCopy) => {
  void byName.get(functionName)?.invoke(JSON.stringify({ Records: [record] }));
});
flushCompileCache();
