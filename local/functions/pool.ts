import { randomUUID } from 'node:crypto';
import type { FunctionDefinition } from './definition.ts';
import type { InvocationResult } from './protocol.ts';
import { type LineSink, type Runtime, startRuntime } from './runtime.ts';

/** A function that can be called. */
export interface RunningFunction {
  readonly definition: FunctionDefinition;
  /** Calls the function with an event that is JSON text; calls above the pool's size wait their turn. */
  invoke(event: string): Promise<InvocationResult>;
  /** Runs the code of this file, named without its extension, from the next call on; calls under way end with theirs. */
  reload(file: string): Promise<void>;
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
  const environments = new Environments(definition, size, sink);
  return {
    definition,
    invoke: async (event) => {
      const runtime = await environments.acquire();
      if (runtime === undefined) return STOPPED;
      const result = await runtime.invoke(randomUUID(), event);
      environments.release(runtime);
      return limitResponse(result);
    },
    reload: (file) => environments.reload(file),
    stop: () => environments.stop(),
  };
}

class Environments {
  #definition: FunctionDefinition;
  readonly #size: number;
  readonly #sink: LineSink;
  readonly #all = new Set<Runtime>();
  /** Those that run the code as it is now: a call under way may still have an older one. */
  #current = new Set<Runtime>();
  readonly #idle: Runtime[] = [];
  readonly #waiting: ((runtime: Runtime | undefined) => void)[] = [];
  #stopped = false;

  constructor(definition: FunctionDefinition, size: number, sink: LineSink) {
    this.#definition = definition;
    this.#size = size;
    this.#sink = sink;
  }

  acquire(): Promise<Runtime | undefined> | Runtime | undefined {
    if (this.#stopped) return undefined;
    for (let runtime = this.#idle.pop(); runtime !== undefined; runtime = this.#idle.pop()) {
      if (this.#isFit(runtime)) return runtime;
    }
    if (this.#all.size < this.#size) return this.#start();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  release(runtime: Runtime): void {
    const isFit = this.#isFit(runtime);
    const next = this.#stopped ? undefined : this.#waiting.shift();
    if (next !== undefined) next(isFit ? runtime : this.#start());
    else if (isFit) this.#idle.push(runtime);
  }

  async reload(file: string): Promise<void> {
    this.#definition = { ...this.#definition, file };
    this.#current = new Set();
    const ended = this.#idle.splice(0);
    for (const runtime of ended) this.#all.delete(runtime);
    await Promise.all(ended.map((runtime) => runtime.stop()));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const next of this.#waiting.splice(0)) next(undefined);
    await Promise.all([...this.#all].map((runtime) => runtime.stop()));
  }

  #start(): Runtime {
    const runtime = startRuntime(this.#definition, this.#sink);
    this.#all.add(runtime);
    this.#current.add(runtime);
    return runtime;
  }

  /** Whether it can take another call; one that cannot is ended. */
  #isFit(runtime: Runtime): boolean {
    if (runtime.alive && this.#current.has(runtime)) return true;
    this.#all.delete(runtime);
    this.#current.delete(runtime);
    void runtime.stop();
    return false;
  }
}

function limitResponse(result: InvocationResult): InvocationResult {
  if (!result.ok || Buffer.byteLength(result.payload) <= LARGEST_RESPONSE_BYTES) return result;
  return {
    ok: false,
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${LARGEST_RESPONSE_BYTES} bytes).`,
  };
}
