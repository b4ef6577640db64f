import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { seededRandom } from '../../../local/seeded-random.ts';

/** Of the webhooks, the share that the server refuses with a 500. */
const REFUSED = 0.02;

/** What came for one email and event: its ids, each with how often it was taken. */
export type Arrivals = Map<string, Map<string, number>>;

/** Under which name {@link Arrivals} has an email's event. */
export const arrivalOf = (emailId: string, event: string) => `${emailId} ${event}`;

/** The customers' server: one path for each account, signatures checked, now and then a 500. */
export async function startCustomers(seed: number) {
  const random = seededRandom(seed);
  const verifiers = new Map<string, Webhook>();
  const arrivals: Arrivals = new Map();
  const counts = { webhooks: 0, refused: 0, unsigned: 0 };

  function isSigned({ url = '', headers }: IncomingMessage, body: string): boolean {
    try {
      verifiers.get(url)?.verify(body, headers as Record<string, string>);
      return verifiers.has(url);
    } catch {
      return false;
    }
  }

  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (!isSigned(request, body)) counts.unsigned += 1;
    if (random() < REFUSED) {
      counts.refused += 1;
      response.writeHead(500).end();
      return;
    }
    const { emailId, event } = JSON.parse(body) as { emailId: string; event: string };
    const ids = arrivals.get(arrivalOf(emailId, event)) ?? new Map<string, number>();
    const id = String(request.headers['webhook-id']);
    ids.set(id, (ids.get(id) ?? 0) + 1);
    arrivals.set(arrivalOf(emailId, event), ids);
    counts.webhooks += 1;
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    arrivals,
    counts,
    url: (path: string) => `http://127.0.0.1:${port}${path}`,
    /** Makes what comes to a path be checked with a secret, `whsec_…`. */
    expect: (path: string, secret: string) => void verifiers.set(path, new Webhook(secret)),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
