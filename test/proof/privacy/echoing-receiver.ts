import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a customer's server can fail; each says again all that it was told. */
const FAILURES: readonly ((reply: ServerResponse, echo: string) => void)[] = [
  (reply, echo) => reply.writeHead(500).end(echo),
  (reply, echo) =>
    reply
      .writeHead(302, {
        location: `http://127.0.0.1:1/?${encodeURIComponent(echo).slice(0, 3000)}`,
      })
      .end(echo),
  (reply, echo) =>
    reply.writeHead(429, { 'retry-after': encodeURIComponent(echo).slice(0, 3000) }).end(echo),
  (reply) => reply.destroy(),
  // A length that is not kept.
  (reply, echo) => {
    reply.writeHead(200, { 'content-length': '99999' });
    reply.write(echo, () => reply.destroy());
  },
  (reply, echo) => reply.writeHead(200).end(echo),
];

/** A customer's server that fails in one way after the other, and repeats body and headers in its answers. */
export async function startEchoingReceiver() {
  let count = 0;
  const server = createServer(async (message, reply) => {
    let body = '';
    for await (const chunk of message) body += chunk;
    count += 1;
    FAILURES[count % FAILURES.length]?.(reply, `${JSON.stringify(message.headers)}${body}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    /** Webhooks that came. */
    count: () => count,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
