import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A customer's server: notes when each email's webhook came, and answers after a pause. */
export type WebhookReceiver = {
  /** `http://127.0.0.1:<port>/` */
  readonly url: string;
  /** Email id → when its first webhook came, epoch milliseconds. */
  readonly arrivals: ReadonlyMap<string, number>;
  /** The most requests that were under way at once, and how many there were in all. */
  readonly counts: { readonly most: number; readonly requests: number };
  stop(): Promise<void>;
};

/** @param pause how long each answer takes, milliseconds */
export async function startWebhookReceiver(pause: number): Promise<WebhookReceiver> {
  const arrivals = new Map<string, number>();
  const counts = { most: 0, requests: 0 };
  let underWay = 0;
  const server = createServer(async (request, response) => {
    underWay += 1;
    counts.requests += 1;
    counts.most = Math.max(counts.most, underWay);
    response.once('close', () => {
      underWay -= 1;
    });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { emailId } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { emailId: string };
    if (!arrivals.has(emailId)) arrivals.set(emailId, Date.now());
    await sleep(pause);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    arrivals,
    counts,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
