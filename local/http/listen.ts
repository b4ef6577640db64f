import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from '../start-error.ts';

/** How long requests under way may take to be answered when the system stops. */
const STOP_WITHIN_MS = 2000;

/**
 * Opens a server's port on 127.0.0.1.
 *
 * @param port 0 chooses a free one
 * @param option the one that chooses another port
 * @returns its URL, without a slash at the end
 * @throws StartError when the port cannot be had
 */
export async function listen(server: Server, port: number, option: string): Promise<string> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new StartError(whyNotListening(port, option, error));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Takes no more requests, and ends those that are not answered after a moment. */
export async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const timer = setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS);
  await closed;
  clearTimeout(timer);
}

function whyNotListening(port: number, option: string, error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program: stop it, or choose another port with ${option}.`;
  }
  if (error.code === 'EACCES') {
    return `Port ${port} may not be used without more rights: choose one above 1023 with ${option}.`;
  }
  return `Port ${port} cannot be used: ${error.message}.`;
}
