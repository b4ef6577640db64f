import type { Request as MiddyRequest } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Caller } from './caller.ts';
import type { Refusal } from './refusal.ts';
import type { Route } from './route.ts';

/** What a request has gathered on its way; one object per invocation. */
export type Gathered = {
  caller?: Caller;
  /** The route, once the caller may use it. */
  route?: Route;
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
export type Step = MiddyRequest<HttpEvent, Reply, Error>;

const gathered = new WeakMap<object, Gathered>();

/** What the request has gathered so far. */
export function gatheredBy(step: { event: object }): Gathered {
  const known = gathered.get(step.event);
  if (known) return known;
  const fresh: Gathered = { log: {} };
  gathered.set(step.event, fresh);
  return fresh;
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
