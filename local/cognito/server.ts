import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDispatch, type Dispatch } from './operations.ts';
import { type Message, openParts, type Parts } from './parts.ts';
import { type PoolPlan, putPool } from './pools.ts';

/** A running local Cognito. */
export interface Cognito {
  /** The SDK's endpoint; a pool's keys are at `/<pool>/.well-known/jwks.json`. */
  readonly url: string;
  /**
   * Does what a request of the SDK would, by the operation's name.
   *
   * @throws Error with Cognito's name for it as `code`
   */
  readonly call: Dispatch;
  /** Makes pools with their clients and groups, or gives those that are there these settings. */
  configure(plans: readonly PoolPlan[]): Promise<void>;
  stop(): Promise<void>;
}

/** How to start it. */
export interface CognitoOptions {
  /** Where the users are kept. */
  readonly directory: string;
  /** Takes what Cognito would have mailed. */
  readonly onMessage: (message: Message) => void;
}

/** As a browser asks before it calls from the dashboard's page. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-allow-methods': 'GET, POST',
  'access-control-expose-headers': 'x-amzn-errortype, x-amzn-requestid',
  'access-control-max-age': '86400',
};

const MOST_BYTES = 1024 * 1024;

/**
 * Starts Cognito's emulator on 127.0.0.1: the operations of cognito-local behind a server of our own.
 *
 * @throws Error when a file of its directory is damaged
 */
export async function startCognito({ directory, onMessage }: CognitoOptions): Promise<Cognito> {
  const parts = await openParts(directory, onMessage);
  const dispatch = createDispatch(parts);
  const server = createServer((request, response) => {
    answer(request, response, { parts, dispatch }).catch((error) => sendError(response, error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    call: dispatch,
    configure: async (plans) => {
      for (const plan of plans) await putPool(parts, plan);
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { parts, dispatch }: { readonly parts: Parts; readonly dispatch: Dispatch },
): Promise<void> {
  const body = await readBody(request);
  if (request.method === 'OPTIONS') {
    response.writeHead(204, CORS).end();
  } else if (request.method === 'GET') {
    const isKeys = /^\/[\w-]+\/\.well-known\/jwks\.json$/.test(request.url ?? '');
    if (isKeys) send(response, 200, { keys: [parts.publicKey] });
    else send(response, 404, { message: 'Not Found' });
  } else {
    const [, name = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
    send(response, 200, await dispatch(name, JSON.parse(body || '{}')));
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', ...CORS });
  response.end(JSON.stringify(value, inSeconds));
}

/** Cognito's dates are seconds; `JSON.stringify` hands them over as text already. */
function inSeconds(this: unknown, name: string, value: unknown): unknown {
  const before = (this as Readonly<Record<string, unknown>>)[name];
  return before instanceof Date ? Math.floor(before.getTime() / 1000) : value;
}

/** Errors of cognito-local and ours carry Cognito's name for them; it has no answer for what it does not know. */
function sendError(response: ServerResponse, error: unknown): void {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === 'string') {
    send(response, 400, { __type: code, message });
    return;
  }
  const sentence = `The local Cognito cannot do this: ${String(message)}`;
  send(response, 500, { __type: 'InternalErrorException', message: sentence });
}
