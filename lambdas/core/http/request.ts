import type { Request as MiddyRequest } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Caller } from './caller.ts';
import type { Refusal } from './refusal.ts';
import type { Route } from './route.ts';

/** What is known of a request while it passes through the middleware: middy's `request.internal`. */
export type RequestState = {
  /** When the function began with it, epoch milliseconds. */
  startedAt?: number;
  caller?: Caller;
  /** The route, once the caller may use it. */
  route?: Route;
  /** The note that its key was used, where one is being written. */
  keyUse?: { readonly written: Promise<void>; readonly ended: AbortController };
  /** Requests left in the current second. */
  remaining?: number;
  /** What the answer says where it is an error. */
  refusal?: Refusal;
  /** Keys of the request's log line. */
  readonly log: Record<string, unknown>;
};

export type Reply = APIGatewayProxyStructuredResultV2;
export type HttpEvent = Omit<APIGatewayProxyEventV2, 'body'> & { body?: unknown };
/** One request inside the middy stack. */
export type HttpStep = MiddyRequest<HttpEvent, Reply, Error>;

/** What is known of the request so far. */
export function stateOf({ internal }: Pick<HttpStep, 'internal'>): RequestState {
  const state: Partial<RequestState> = internal;
  return Object.assign(state, { log: state.log ?? {} });
}

/** An answer without a body. */
export function noContent(): Reply {
  return { statusCode: 204 };
}

/** A JSON answer. */
export function json(
  statusCode: number,
  body: unknown,
  headers: Record<string, string> = {},
): Reply {
  return {
    statusCode,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}
