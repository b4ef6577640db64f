/** What a function's thread is started with. */
export interface RuntimeData {
  readonly name: string;
  readonly arn: string;
  readonly file: string;
  readonly exportName: string;
  readonly memoryMb: number;
}

/** One call of the function; `event` is JSON text, as Lambda passes it. */
export interface Invocation {
  readonly requestId: string;
  readonly event: string;
  /** When the call times out, epoch milliseconds. */
  readonly deadline: number;
}

/** How a call ended; `payload` is the JSON text of what the handler returned. */
export type InvocationResult =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly errorType: string; readonly errorMessage: string };

/** What the thread says: that its module is loaded, or how the current call ended. */
export type RuntimeMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'result'; readonly result: InvocationResult };
