import { AsyncLocalStorage } from 'node:async_hooks';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { RESERVES } from '../contract/times.ts';

const deadline = new AsyncLocalStorage<AbortSignal>();

/**
 * Gives all AWS calls that some work makes one deadline, a second before an invocation's end: what an invocation began, it
 * also ends, and nothing goes on after its answer.
 *
 * @param left the invocation's time left, in milliseconds
 */
export async function withDeadline<Result>(
  left: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), Math.max(0, left - RESERVES.answer));
  try {
    return await deadline.run(controller.signal, work);
  } finally {
    clearTimeout(timer);
  }
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
