import '../slow-clock.ts';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../start-error.ts';
import { openFauxqs } from './fauxqs-parts.ts';
import type { ThreadMessage } from './thread.ts';

const { directory } = workerData as { readonly directory: string };
const say = (message: ThreadMessage) => parentPort?.postMessage(message);

try {
  const app = await openFauxqs(directory);
  await app.listen({ port: 0, host: '127.0.0.1' });
  parentPort?.once('message', () => void app.close().then(() => process.exit()));
  say({ port: (app.server.address() as AddressInfo).port });
} catch (error) {
  say({ error: `the queues cannot be opened: ${messageOf(error)}` });
}
