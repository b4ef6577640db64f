import { AsyncLocalStorage } from 'node:async_hooks';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { maskedError } from '../log/error-entry.ts';

/** Kept back from a function's time so that its answer still gets out, in milliseconds. */
const RESERVE = 1000;

const deadline = new AsyncLocalStorage<AbortSignal>();

type Invocation = { getRemainingTimeInMillis(): number };

/**
 * Around every function. Gives all AWS calls of an invocation one deadline, a second before the function's own end: what
 * an invocation began, it also ends, and nothing goes on after its answer. What the handler throws goes on masked,
 * because Lambda writes it into the log as it is.
 */
export function withDeadline<Event, Context extends Invocation, Result>(
  handler: (event: Event, context: Context) => Promise<Result>,
): (event: Event, context: Context) => Promise<Result> {
  return async (event, context) => {
    const controller = new AbortController();
    const left = Math.max(0, context.getRemainingTimeInMillis() - RESERVE);
    const timer = setTimeout(() => controller.abort(), left);
    try {
      return await deadline.run(controller.signal, () => handler(event, context));
    } catch (error) {
      throw maskedError(error);
    } finally {
      clearTimeout(timer);
    }
  };
}

type Handle = NodeHttpHandler['handle'];

/** The SDK's HTTP handler, bound to the invocation's deadline. */
export class DeadlineHandler extends NodeHttpHandler {
  /** @param times in milliseconds; a call that gets no answer within `requestTimeout` fails */
  constructor(times: { readonly connectionTimeout: number; readonly requestTimeout: number }) {
    // By default the handler only writes a warning and goes on waiting.
    super({ ...times, throwOnRequestTimeout: true });
  }

  override handle(...[request, options]: Parameters<Handle>): ReturnType<Handle> {
    const signal = deadline.getStore();
    if (!signal) return super.handle(request, options);
    // A call may have an end of its own, too: whichever comes first.
    const own = options?.abortSignal as AbortSignal | undefined;
    const abortSignal = own ? AbortSignal.any([signal, own]) : signal;
    return super.handle(request, { ...options, abortSignal });
  }
}
