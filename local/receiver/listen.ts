import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf, StartError } from '../start-error.ts';
import type { Arrival } from './arrival.ts';

/** A server that webhooks are sent to. */
export interface Listener {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Listens on 127.0.0.1.
 *
 * @param answer status of every answer
 * @param onArrival told of each POST before it is answered
 * @throws StartError when the port is taken.
 */
export async function listen(
  { port, answer }: { readonly port: number; readonly answer: number },
  onArrival: (arrival: Arrival) => Promise<void>,
): Promise<Listener> {
  const server = createServer(async (request, response) => {
    const isWebhook = request.method === 'POST';
    const { headers } = request;
    try {
      const body = await bodyOf(request);
      if (isWebhook) await onArrival({ at: new Date(), headers, body, answer });
      response.writeHead(isWebhook ? answer : 405).end();
    } catch {
      // Cut off before its end: there is nobody to answer.
      response.destroy();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new StartError(
          `Port ${port} cannot be used (${messageOf(error)}): choose another with --port.`,
        ),
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
