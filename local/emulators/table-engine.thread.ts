import '../slow-clock.ts';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import type { ThreadMessage } from './thread.ts';

const { directory } = workerData as { readonly directory: string | undefined };
const say = (message: ThreadMessage) => parentPort?.postMessage(message);

const server = dynalite({
  ...(directory === undefined ? {} : { path: directory }),
  createTableMs: 0,
  deleteTableMs: 0,
  updateTableMs: 0,
});
// A kept connection that the server closes just as a request is written would look like an outage.
server.keepAliveTimeout = 0;

const opening = (reason: unknown) => {
  const { message, cause } = reason as Error & { cause?: Error };
  say({ error: `the table cannot be opened: ${cause?.message ?? message}` });
};
process.once('uncaughtException', opening);

server.listen(0, '127.0.0.1', () => {
  // A first request opens the store: what is wrong with its files shows here and not at a user's request.
  const { port } = server.address() as AddressInfo;
  listTables(port).then(() => {
    process.off('uncaughtException', opening);
    say({ port });
  }, opening);
});

parentPort?.once('message', () => {
  server.close(() => process.exit());
  server.closeAllConnections();
});

async function listTables(port: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=local',
      'x-amz-date': '20250101T000000Z',
    },
    body: '{}',
  });
  if (!response.ok) throw new Error(await response.text());
}
