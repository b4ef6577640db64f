import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { SLOW_CLOCK_VARIABLE } from '../slow-clock.ts';
import type { FunctionDefinition } from './definition.ts';
import type { Invocation, InvocationResult, RuntimeData, RuntimeMessage } from './protocol.ts';

/** Takes each line that a function writes. */
export type LineSink = (functionName: string, line: string) => void;

/** One execution environment: it runs one call at a time and is gone after a crash or a timeout. */
export interface Runtime {
  readonly alive: boolean;
  invoke(requestId: string, event: string): Promise<InvocationResult>;
  stop(): Promise<void>;
}

/** Starts an execution environment; its module is loaded before its first call's time begins. */
export function startRuntime(definition: FunctionDefinition, sink: LineSink): Runtime {
  const thread = startThread(definition, sink);
  let crash: InvocationResult | undefined;
  let ready = (): void => undefined;
  const loaded = new Promise<void>((resolve) => {
    ready = resolve;
  });
  let settle = (_: InvocationResult): void => undefined;

  const end = (errorType: string, errorMessage: string) => {
    crash ??= { ok: false, errorType, errorMessage };
    ready();
    settle(crash);
  };
  thread.on('error', (error) => {
    sink(definition.name, error.stack ?? String(error));
    end(error.name, error.message);
  });
  thread.on('exit', () => end('Runtime.ExitError', 'The function ended its own process.'));
  thread.on('message', (message: RuntimeMessage) => {
    if (message.type === 'ready') ready();
    else settle(message.result);
  });

  return {
    get alive() {
      return crash === undefined;
    },
    invoke: async (requestId, event) => {
      await loaded;
      if (crash !== undefined) return crash;
      const deadline = Date.now() + definition.timeoutMs;
      const timer = setTimeout(() => {
        const seconds = (definition.timeoutMs / 1000).toFixed(2);
        sink(definition.name, `Task timed out after ${seconds} seconds`);
        end('Sandbox.Timedout', `Task timed out after ${seconds} seconds`);
        void thread.terminate();
      }, definition.timeoutMs);
      const result = await new Promise<InvocationResult>((resolve) => {
        settle = resolve;
        thread.postMessage({ requestId, event, deadline } satisfies Invocation);
      });
      clearTimeout(timer);
      return result;
    },
    stop: async () => void (await thread.terminate()),
  };
}

function startThread(definition: FunctionDefinition, sink: LineSink): Worker {
  const { name, arn, file, exportName, memoryMb, environment } = definition;
  const thread = new Worker(new URL('runtime.thread.ts', import.meta.url), {
    // What a debugger calls it.
    name,
    workerData: { name, arn, file, exportName, memoryMb } satisfies RuntimeData,
    env: { ...environment, ...SLOW_CLOCK_VARIABLE },
    execArgv: [],
    stdout: true,
    stderr: true,
    // More than its memory ends a function here too; a small young generation keeps many threads small.
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 16 },
  });
  for (const stream of [thread.stdout, thread.stderr]) {
    createInterface({ input: stream }).on('line', (line) => sink(name, line));
  }
  return thread;
}
