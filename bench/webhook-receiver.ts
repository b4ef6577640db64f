import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { readBody, type Service, startHttpService } from '../local/service.ts';

/** A customer's server: notes when each email's webhook came, and answers after a pause. */
export type WebhookReceiver = Service & {
  /** Email id → when its first webhook came, epoch milliseconds. */
  readonly arrivals: ReadonlyMap<string, number>;
  /** The most requests that were under way at once, and how many there were in all. */
  readonly counts: { readonly most: number; readonly requests: number };
};

/** @param pause how long each answer takes, milliseconds */
export async function startWebhookReceiver(pause: number): Promise<WebhookReceiver> {
  const arrivals = new Map<string, number>();
  const counts = { most: 0, requests: 0 };
  let underWay = 0;
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    underWay += 1;
    counts.requests += 1;
    counts.most = Math.max(counts.most, underWay);
    response.once('close', () => {
      underWay -= 1;
    });
    const body = (await readBody(request)).toString('utf8');
    const { emailId } = JSON.parse(body) as { emailId: string };
    if (!arrivals.has(emailId)) arrivals.set(emailId, Date.now());
    await sleep(pause);
    response.writeHead(204).end();
  };
  return { ...(await startHttpService(listener)), arrivals, counts };
}
