import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Connect, ConnectOptions } from '../../../lambdas/core/net/connector.ts';
import { createEgress, type EgressOptions } from '../../../lambdas/core/net/egress.ts';
import { createUrlCheck } from '../../../lambdas/core/net/url-check.ts';
import { CA } from './certificates.ts';

/** Looks up nothing: a test that expects no look-up is told of one. */
export const resolveNothing = (name: string): Promise<string[]> => {
  throw new Error(`Nobody was to resolve ${name}.`);
};

/** A look-up that fails as Node's does. */
export const notFound = (name: string): Promise<string[]> =>
  Promise.reject(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }));

/** Connects nowhere: a test that expects no connection is told of one. */
export const connectNowhere: Connect = ({ host }) => {
  throw new Error(`Nobody was to connect to ${host}.`);
};

/** Check and egress as in production, but for what a test changes. */
export function egressWith(changes: Partial<EgressOptions> = {}) {
  const options = {
    local: false,
    ports: [443],
    ownHosts: ['api.maillayer.dev', 'Mail.Maillayer.dev'],
    deadlineMs: 5000,
    now: Date.now,
    resolve: resolveNothing,
    connect: connectNowhere,
    ...changes,
  };
  return { ...createUrlCheck(options), ...createEgress(options) };
}

/** The addresses that Node is given for a connection. */
export function pinnedIn(options: ConnectOptions): string[] {
  let pinned: string[] = [];
  options.lookup?.(options.host ?? '', { all: true }, (_error, found) => {
    pinned = Array.isArray(found) ? found.map(({ address }) => address) : [found];
  });
  return pinned;
}

/** Connects to a TLS listener of ours instead of the pinned addresses, and notes what those were. */
export function detour(port: number, ca: string | null = CA) {
  const pinned: string[][] = [];
  const connect: Connect = (options) => {
    pinned.push(pinnedIn(options));
    const lookup: ConnectOptions['lookup'] = (_name, _options, callback) =>
      callback(null, [{ address: '127.0.0.1', family: 4 }]);
    return connectTls({ ...options, ...(ca === null ? {} : { ca }), port, lookup });
  };
  return { connect, pinned };
}

/** Listens on 127.0.0.1 at a free port until `close`, which also ends what is open. */
export async function listen<S extends Server>(server: S) {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined).once('close', () => open.delete(socket));
  });
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens at no port.');
  return {
    port: address.port,
    connections: () => connections,
    /** Resolves when every connection has ended. */
    async idle() {
      await Promise.all([...open].map((socket) => once(socket, 'close')));
    },
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A listener that answers every connection with the same bytes, or not at all. */
export const listenRaw = (talk: (socket: Socket) => void) => listen(createServer(talk));
