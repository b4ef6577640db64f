import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerJson } from '../service.ts';
import { SesError } from './errors.ts';

/** One request, its address taken apart and its body read. */
export type Call = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** From the signature's credential scope, as SES answers in the region it was called in. */
  readonly region: string;
  /** The `Host` header: where the caller sees this server. */
  readonly host: string;
  readonly body: Buffer;
};

export type Handler = (call: Call, response: ServerResponse) => void | Promise<void>;
export type Route = {
  readonly method: string;
  readonly path: RegExp;
  readonly handle: Handler;
};

const DEFAULT_REGION = 'us-east-1';

/** A path in which `{name}` matches one segment. */
export function route(method: string, path: string, handle: Handler): Route {
  const pattern = path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return { method, path: new RegExp(`^${pattern}$`), handle };
}

export function findRoute(routes: readonly Route[], method: string, path: string) {
  for (const candidate of routes) {
    const match = candidate.method === method ? candidate.path.exec(path) : null;
    if (match) return { handle: candidate.handle, params: decode(match.groups ?? {}) };
  }
  return undefined;
}

export function regionOf(request: IncomingMessage): string {
  const scope = /Credential=[^/]+\/\d+\/([a-z0-9-]+)\//.exec(request.headers.authorization ?? '');
  return scope?.[1] ?? DEFAULT_REGION;
}

/** @throws SesError when the body is not a JSON object; an empty one counts as `{}` */
export function jsonBody(call: Call): Readonly<Record<string, unknown>> {
  const text = call.body.toString('utf8');
  const value = text === '' ? {} : parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SesError('SerializationException', 'The body must be a JSON object.');
  }
  return value as Record<string, unknown>;
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  answerJson(response, status, value, { 'x-amzn-requestid': randomUUID() });
}

export function sendError(response: ServerResponse, error: unknown): void {
  const known =
    error instanceof SesError
      ? error
      : new SesError('InternalServiceErrorException', `The local SES failed: ${String(error)}`);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.setHeader('x-amzn-errortype', known.type);
  sendJson(response, known.status, { message: known.message });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SesError('SerializationException', 'The body is not JSON.');
  }
}

function decode(groups: Record<string, string>): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
  } catch {
    throw new SesError('BadRequestException', 'The path holds a broken percent-encoding.');
  }
}
