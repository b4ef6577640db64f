/** One HTTP request to a function. */
export type Request = {
  readonly function: 'accept-email' | 'manage-domains';
  /** API Gateway's name of the route. */
  readonly routeKey: string;
  readonly key: string;
  readonly idempotencyKey?: string;
  readonly body: unknown;
};

/** What came back, and when it was begun and ended by the worker's clock, epoch milliseconds. */
export type Answer = {
  readonly status: number;
  readonly text: string;
  readonly replayed: boolean;
  readonly retryAfter: string | undefined;
  readonly begun: number;
  readonly ended: number;
};

/** Sets a worker's clock: how much it is ahead of the machine's, in milliseconds. */
export type Clock = { readonly ahead: number };

/** Work for a worker: all of it at once. */
export type Task = { readonly id: number; readonly requests: readonly Request[] };
/** What came of it, in the order of the requests. */
export type Done = { readonly id: number; readonly answers: readonly Answer[] };
