import { randomUUID } from 'node:crypto';
import type { FunctionDefinition } from './definition.ts';
import type { InvocationResult } from './protocol.ts';
import { type LineSink, type Runtime, startRuntime } from './runtime.ts';

/** A function that can be called. */
export interface RunningFunction {
  readonly definition: FunctionDefinition;
  /** Calls the function with an event that is JSON text; calls above the pool's size wait their turn. */
  invoke(event: string): Promise<InvocationResult>;
  stop(): Promise<void>;
}

/** Lambda's limit for what a synchronous call returns: 6 MB and 100 bytes. */
const LARGEST_RESPONSE_BYTES = 6 * 1024 * 1024 + 100;

/** Answer to a call that a stopping system no longer makes. */
const STOPPED: InvocationResult = {
  ok: false,
  errorType: 'Local.Stopped',
  errorMessage: 'The local system is stopping.',
};

/** Runs a function in up to `size` execution environments, each started when it is first needed. */
export function createPool(
  definition: FunctionDefinition,
  size: number,
  sink: LineSink,
): RunningFunction {
  const idle: Runtime[] = [];
  const all = new Set<Runtime>();
  const waiting: ((runtime: Runtime | undefined) => void)[] = [];
  let stopped = false;

  function start(): Runtime {
    const runtime = startRuntime(definition, sink);
    all.add(runtime);
    return runtime;
  }

  function acquire(): Promise<Runtime | undefined> | Runtime | undefined {
    if (stopped) return undefined;
    for (let runtime = idle.pop(); runtime !== undefined; runtime = idle.pop()) {
      if (runtime.alive) return runtime;
      all.delete(runtime);
    }
    if (all.size < size) return start();
    return new Promise((resolve) => waiting.push(resolve));
  }

  function release(runtime: Runtime): void {
    if (!runtime.alive) all.delete(runtime);
    const next = stopped ? undefined : waiting.shift();
    if (next !== undefined) next(runtime.alive ? runtime : start());
    else if (runtime.alive) idle.push(runtime);
  }

  return {
    definition,
    invoke: async (event) => {
      const runtime = await acquire();
      if (runtime === undefined) return STOPPED;
      const result = await runtime.invoke(randomUUID(), event);
      release(runtime);
      return limitResponse(result);
    },
    stop: async () => {
      stopped = true;
      for (const next of waiting.splice(0)) next(undefined);
      await Promise.all([...all].map((runtime) => runtime.stop()));
    },
  };
}

function limitResponse(result: InvocationResult): InvocationResult {
  if (!result.ok || Buffer.byteLength(result.payload) <= LARGEST_RESPONSE_BYTES) return result;
  return {
    ok: false,
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${LARGEST_RESPONSE_BYTES} bytes).`,
  };
}
