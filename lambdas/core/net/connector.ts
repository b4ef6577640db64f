import { connect as connectTcp, isIP, type Socket, type TcpNetConnectOpts } from 'node:net';
import { type ConnectionOptions, checkServerIdentity, connect as connectTls } from 'node:tls';
import type { buildConnector } from 'undici';
import type { Target } from './target.ts';

/** How a connection is opened: Node's own options. */
export type ConnectOptions = TcpNetConnectOpts & ConnectionOptions;
/** Opens a connection, with TLS where it is secure; Node's own unless a test replaces it. */
export type Connect = (options: ConnectOptions, secure: boolean) => Socket;

/**
 * What Node is told to connect to. It asks `lookup` about every name but never about an address; and should
 * it ever ask someone else, this name (RFC 6761) does not exist.
 */
const PLACEHOLDER = 'pinned.invalid';

/** How long one address is tried while there is another: a lost first packet is repeated after 1 s (RFC 6298). */
const NEXT_ADDRESS_AFTER = 2000;

/** Node's own connections. */
export const openConnection: Connect = (options, secure) =>
  secure ? connectTls(options) : connectTcp(options);

function pinnedOptions(target: Target, addresses: readonly string[], port: number): ConnectOptions {
  const pinned = addresses.map((address) => ({ address, family: isIP(address) }));
  return {
    host: PLACEHOLDER,
    port,
    lookup: (_name, _options, callback) => callback(null, pinned),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER,
    noDelay: true,
    // An address is no server name (RFC 6066 §3).
    servername: target.isAddress ? '' : target.host,
    checkServerIdentity: (_name, certificate) => checkServerIdentity(target.host, certificate),
    rejectUnauthorized: true,
    ALPNProtocols: ['http/1.1'],
  };
}

/** A connection to exactly the given addresses, for one client, and the way to close it at any stage. */
export type Connection = { readonly connector: buildConnector.connector; close(): void };

/**
 * Connects to the addresses that were checked and to nothing else: no second look-up, no proxy. They are
 * tried in turn. Of a name, server name and certificate stay the name's.
 */
export function openLine(
  target: Target,
  addresses: readonly string[],
  connect: Connect,
): Connection {
  let socket: Socket | undefined;
  return {
    connector({ protocol, port }, callback) {
      const secure = protocol === 'https:';
      const number = Number(port) || (secure ? 443 : 80);
      const opened = connect(pinnedOptions(target, addresses, number), secure);
      socket = opened;
      const fail = (error: Error) => callback(error, null);
      opened.once('error', fail).once(secure ? 'secureConnect' : 'connect', () => {
        opened.off('error', fail);
        callback(null, opened);
      });
      // Nobody needs errors after the first; undici listens for those of an open connection.
      opened.on('error', () => undefined);
    },
    close() {
      socket?.destroy();
    },
  };
}
