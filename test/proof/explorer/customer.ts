import { Webhook } from 'standardwebhooks';

/** One webhook as it came: its id, whether the signature holds, what was answered. */
export type Arrival = {
  readonly id: string;
  readonly signed: boolean;
  readonly body: string;
  readonly status: number;
};

/** A customer's server: busy at first, for half an hour, then well. */
export type Customer = {
  readonly arrivals: readonly Arrival[];
  post(
    headers: Readonly<Record<string, string>>,
    body: string,
  ): { readonly status: number; readonly headers: Readonly<Record<string, string>> };
  reset(): void;
};

/** Longer than a message can be hidden for (15 min), so that the due index carries the wait. */
const BUSY_SECONDS = '1800';

/**
 * A server that refuses the first webhook and takes all others; a signature is held against `Date.now`.
 *
 * @param secret the endpoint's signing secret, as its owner sees it
 */
export function createCustomer(secret: string): Customer {
  const webhook = new Webhook(secret);
  const arrivals: Arrival[] = [];
  const isSigned = (headers: Readonly<Record<string, string>>, body: string) => {
    try {
      webhook.verify(body, { ...headers });
      return true;
    } catch {
      return false;
    }
  };
  return {
    arrivals,
    post(headers, body) {
      const status = arrivals.length === 0 ? 503 : 204;
      const id = headers['webhook-id'] ?? '';
      arrivals.push({ id, signed: isSigned(headers, body), body, status });
      return { status, headers: status === 503 ? { 'retry-after': BUSY_SECONDS } : {} };
    },
    reset: () => void arrivals.splice(0),
  };
}
