import type { FunctionDefinition } from '../../../local/functions/definition.ts';
import type { Handler } from './program.ts';
import type { Owner, VirtualTime } from './virtual-time.ts';

/** How an invocation ended, as what called the function sees it. */
export type Ended =
  | { readonly kind: 'returned'; readonly value: unknown }
  /** It threw, crashed, or was cut off at its timeout. */
  | { readonly kind: 'failed'; readonly reason: string };

/** One execution environment of a function: what it remembers lasts until it crashes. */
export type Environment = Owner & {
  /** Gone: nothing that it waits for ever comes. */
  dead: boolean;
  /** Cut off, but not gone: its own timers never fire, its calls go on. */
  frozen: boolean;
  /** When it goes on. */
  thawed: Promise<void>;
  busy: boolean;
  /** Invocations so far. */
  invocations: number;
  /** Ends it at once; nobody inside learns of it. */
  crash(): void;
  invoke(event: unknown): Promise<Ended>;
};

const NEVER = 'crashed';

/**
 * An environment with a handler of its own.
 *
 * @param load evaluates the function's code anew
 */
export function openEnvironment(
  { name, timeoutMs }: FunctionDefinition,
  time: VirtualTime,
  load: (owner: Environment) => Handler,
): Environment {
  let end: (how: Ended) => void = () => undefined;
  const environment: Environment = {
    name,
    dead: false,
    frozen: false,
    thawed: Promise.resolve(),
    busy: false,
    invocations: 0,
    crash() {
      environment.dead = true;
      time.drop(environment);
      end({ kind: 'failed', reason: NEVER });
    },
    async invoke(event) {
      const deadline = time.now() + timeoutMs;
      const context = {
        awsRequestId: name,
        functionName: name,
        getRemainingTimeInMillis: () => Math.max(0, deadline - time.now()),
      };
      const platform = { name: 'lambda' };
      environment.busy = true;
      environment.invocations += 1;
      const ended = await new Promise<Ended>((resolve) => {
        end = resolve;
        time.at(platform, deadline, () => {
          // Lambda ends what it has cut off; one that is frozen may go on later all the same.
          if (!environment.frozen) environment.crash();
          resolve({ kind: 'failed', reason: 'timed out' });
        });
        handler(event, context).then(
          (value) => resolve({ kind: 'returned', value }),
          (error) => resolve({ kind: 'failed', reason: String(error) }),
        );
      });
      time.drop(platform);
      environment.busy = environment.frozen;
      return ended;
    },
  };
  const handler = load(environment);
  return environment;
}
