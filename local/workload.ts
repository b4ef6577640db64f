import { setTimeout as sleep } from 'node:timers/promises';
import type { Assembly } from './assembly.ts';
import type { Clients, Endpoints } from './emulators/clients.ts';
import { type FunctionDefinition, readFunction } from './functions/definition.ts';
import { createPool, type RunningFunction } from './functions/pool.ts';
import type { LineSink } from './functions/runtime.ts';
import { bindRoutes, readRoutes } from './http/api.ts';
import type { Route } from './http/routes.ts';
import type { Integration } from './http/server.ts';
import { readMapping } from './queue/mapping.ts';
import { type Poller, startPoller } from './queue/poller.ts';
import { readSchedule, startSchedule } from './schedule.ts';
import { StartError } from './start-error.ts';
import type { Template } from './template/template.ts';

/** What the template's functions need to run. */
export interface WorkloadOptions {
  readonly template: Template;
  readonly assembly: Assembly;
  readonly endpoints: Endpoints;
  readonly endpointsOf: (functionName: string, endpoints: Endpoints) => Endpoints;
  readonly clients: Clients;
  readonly timeScale: number;
  /** Whether to feed the queues' functions. */
  readonly mappings: boolean;
  /** Whether calls have all the time that a person at a breakpoint needs. */
  readonly unhurried: boolean;
  readonly sink: LineSink;
}

/** The running functions with all that calls them but HTTP. */
export interface Workload {
  readonly routes: readonly Route<Integration>[];
  /** @throws StartError for a function that the template does not have */
  readonly functionOf: (nameOrArn: string) => RunningFunction;
  readonly find: (nameOrArn: string) => RunningFunction | undefined;
  stop(): Promise<void>;
}

/** Execution environments of a function that answers HTTP requests: enough for two cores. */
const HTTP_CONCURRENCY = 4;

/** The time of a call while somebody debugs (own choice): longer than anybody looks at one. */
const UNHURRIED_MS = 12 * 60 * 60 * 1000;

/** How long calls under way may take to end when the system stops. */
const STOP_WITHIN_MS = 2000;

/** Starts the template's functions, event-source mappings and schedules. */
export function startWorkload(options: WorkloadOptions): Workload {
  const plan = readPlan(options);
  const pools = new Map<string, RunningFunction>();
  for (const definition of plan.functions) {
    const pool = createPool(definition, plan.concurrencyOf(definition), options.sink);
    pools.set(definition.arn, pool).set(definition.name, pool);
  }
  const find = (nameOrArn: string) => pools.get(nameOrArn);
  const functionOf = (nameOrArn: string) => find(nameOrArn) ?? unknownFunction(nameOrArn);
  const mappings = options.mappings ? plan.mappings : [];
  const pollers = mappings.map(({ queueUrl, mapping }) =>
    startPoller({
      client: options.clients.sqs,
      queueUrl,
      mapping,
      function: functionOf(mapping.functionName),
      onProblem: (sentence) => options.sink('local', sentence),
    }),
  );
  const ends = plan.schedules.flatMap((schedule) =>
    schedule.targets.map(({ functionArn, input }) =>
      startSchedule(schedule, functionOf(functionArn), { input, timeScale: options.timeScale }),
    ),
  );
  return {
    routes: bindRoutes(plan.routes, functionOf),
    functionOf,
    find,
    stop: async () => {
      for (const end of ends) end();
      await stopCalls(pollers, new Set(pools.values()));
    },
  };
}

async function stopCalls(
  pollers: readonly Poller[],
  functions: ReadonlySet<RunningFunction>,
): Promise<void> {
  const stopped = Promise.all(pollers.map((poller) => poller.stop()));
  const patience = new AbortController();
  await Promise.race([
    stopped,
    sleep(STOP_WITHIN_MS, undefined, { signal: patience.signal }).catch(() => undefined),
  ]);
  patience.abort();
  await Promise.all([...functions].map((running) => running.stop()));
  await stopped;
}

function readPlan({ template, assembly, endpoints, endpointsOf, unhurried }: WorkloadOptions) {
  const time = unhurried ? { timeoutMs: UNHURRIED_MS } : {};
  const routes = readRoutes(template).map(({ routeKey, target }) => ({
    routeKey,
    target: { ...target, ...time },
  }));
  const queues = template.resources('AWS::SQS::Queue');
  const mappings = template.resources('AWS::Lambda::EventSourceMapping').flatMap((resource) => {
    const mapping = readMapping(resource);
    if (mapping === undefined) return [];
    const queue = queues.find(({ attributes }) => attributes.Arn === mapping.queueArn);
    if (queue === undefined) {
      throw new StartError(
        `${resource.logicalId} reads from ${mapping.queueArn}, which is no queue.`,
      );
    }
    return [{ mapping, queueUrl: queue.ref }];
  });
  return {
    routes,
    mappings,
    schedules: template.resources('AWS::Events::Rule').flatMap((rule) => readSchedule(rule) ?? []),
    functions: template.resources('AWS::Lambda::Function').map((resource) => {
      const own = endpointsOf(resource.name, endpoints);
      return { ...readFunction(resource, assembly.assetDirectory, own), ...time };
    }),
    concurrencyOf: ({ arn, name }: FunctionDefinition) => {
      const http = routes.some(({ target }) => target.functionArn === arn) ? HTTP_CONCURRENCY : 0;
      const fed = mappings
        .filter(({ mapping }) => [arn, name].includes(mapping.functionName))
        .map(({ mapping }) => mapping.maximumConcurrency);
      return Math.max(1, http + fed.reduce((sum, each) => sum + each, 0));
    },
  };
}

function unknownFunction(nameOrArn: string): never {
  throw new StartError(`The template calls the function ${nameOrArn}, which it does not contain.`);
}
