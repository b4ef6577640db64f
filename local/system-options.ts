import type { Endpoints } from './emulators/clients.ts';
import type { LineSink } from './functions/runtime.ts';
import type { Publish } from './ses/outbox.ts';
import type { StartError } from './start-error.ts';

/** How to start the local system. */
export interface SystemOptions {
  /** Directory for all state; undefined for a temporary one that is removed at the end. */
  readonly dataDir: string | undefined;
  /** The API's port; 0 chooses a free one. */
  readonly port: number;
  /** The dashboard's port; 0 chooses a free one. @default 0 */
  readonly dashboardPort?: number;
  /** Divides the pipeline's times and the schedules' periods. @default 1 */
  readonly timeScale?: number;
  /** More CDK context for the synthesis, as `-c` would give it; `plans` as an object. @default none */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Directory of a cloud assembly to run. @default the stack is synthesized */
  readonly assembly?: string;
  /** Directory whose `lambdas/` is watched: a function runs its new code after a change. @default none */
  readonly watch?: string;
  /** Whether functions have all the time that a person at a breakpoint needs. @default false */
  readonly unhurried?: boolean;
  /** Whether the local account with its domain and keys is made. @default true */
  readonly seed?: boolean;
  /** NotifyResult what is being done. */
  readonly onProgress?: (sentence: string) => void;
  /** Takes each line that a function writes. */
  readonly onLine?: LineSink;
  /** The addresses that a function is given, so that a bench can intercept them. @default the emulators' own */
  readonly endpointsOf?: (functionName: string, endpoints: Endpoints) => Endpoints;
  /** Whether the queues' functions run in this process; other processes may run them instead. @default true */
  readonly mappings?: boolean;
  /** Stands between the local SES and the topic that its events go to. @default they go there at once */
  readonly publishing?: (publish: Publish) => Publish;
  /** NotifyResult when an emulator has died, after which nothing works. */
  readonly onCrash?: (reason: StartError) => void;
  /** Aborts the start. */
  readonly signal?: AbortSignal;
}
