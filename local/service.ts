import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { StartError } from './start-error.ts';

/** A part of the local system that listens: started with its options, reached at its address, stopped once. */
export interface Service {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

/** How to open the port of a service. */
export interface Door {
  /** 0 chooses a free one. @default 0 */
  readonly port?: number;
  /** The option of the command line that chooses another port, for who cannot have this one. @default none */
  readonly option?: string;
  /** How long requests under way may take to be answered when it stops, in milliseconds. @default 0 */
  readonly stopWithin?: number;
  /** How long a connection without requests stays open, in milliseconds. @default Node's */
  readonly keepAlive?: number;
  /** Takes connections that become another protocol's. @default they are refused */
  readonly onUpgrade?: (message: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/**
 * Opens the port of a service that speaks HTTP, on 127.0.0.1.
 *
 * @throws StartError when the port cannot be had
 */
export async function startHttpService(
  listener: RequestListener,
  door: Door = {},
): Promise<Service> {
  const { port = 0, option, stopWithin = 0, keepAlive, onUpgrade } = door;
  const server = createServer(listener);
  if (keepAlive !== undefined) server.keepAliveTimeout = keepAlive;
  // Node counts them no more to what it closes.
  const upgraded = new Set<Duplex>();
  if (onUpgrade !== undefined) {
    server.on('upgrade', (message, socket, head) => {
      upgraded.add(socket);
      socket.on('close', () => upgraded.delete(socket));
      onUpgrade(message, socket, head);
    });
  }
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new StartError(whyNotListening(port, option, error), { cause: error });
  });
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of upgraded) socket.destroy();
    const timer = setTimeout(() => server.closeAllConnections(), stopWithin);
    if (stopWithin === 0) server.closeAllConnections();
    await closed;
    clearTimeout(timer);
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/**
 * The body of a request; undefined when it is larger than `most` bytes, of which the rest is then not kept.
 *
 * @throws Error when the caller has gone before its end
 */
export async function readBody(message: IncomingMessage, most: number): Promise<Buffer | undefined>;
export async function readBody(message: IncomingMessage): Promise<Buffer>;
export async function readBody(
  message: IncomingMessage,
  most = Number.POSITIVE_INFINITY,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
  }
  return size <= most ? Buffer.concat(chunks) : undefined;
}

/** Answers with a value as JSON. */
export function answerJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

function whyNotListening(
  port: number,
  option: string | undefined,
  error: NodeJS.ErrnoException,
): string {
  const other = option === undefined ? '' : ` with ${option}`;
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program: stop it, or choose another port${other}.`;
  }
  if (error.code === 'EACCES') {
    return `Port ${port} may not be used without more rights: choose one above 1023${other}.`;
  }
  return `Port ${port} cannot be used: ${error.message}.`;
}
