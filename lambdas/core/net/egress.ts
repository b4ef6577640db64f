import { Client } from 'undici';
import type { Egress, PostResult } from '../webhook/ports.ts';
import { type Aim, takeAim } from './aim.ts';
import { readAnswer, retryTime } from './answer.ts';
import { type Connect, openConnection, openLine } from './connector.ts';
import { connectionFailureOf } from './failure.ts';
import { type Resolve, resolverFor } from './resolve.ts';
import type { UrlRules } from './target.ts';
import { unlessAborted, within } from './within.ts';

/** What outgoing requests may do, and what they need. */
export type EgressOptions = UrlRules & {
  /** The whole time of a post in milliseconds: look-up, connection, TLS, answer. */
  readonly deadlineMs: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** By default the name servers, on a laptop the machine's own resolver. */
  readonly resolve?: Resolve;
  /** Node's own connections by default. */
  readonly connect?: Connect;
};

/** The options with a resolver chosen. */
type Equipped = EgressOptions & { readonly resolve: Resolve };
type Post = { readonly headers: Readonly<Record<string, string>>; readonly body: string };
type Outcome = Omit<PostResult, 'durationMs'>;
type Clear = Extract<Aim, { kind: 'clear' }>;

const NOTHING = { status: null, error: null, answer: null, timedOut: false } as const;

const notPublic = (address: string) => `The address ${address} is not public.`;

/** The status, and what is kept of the body; a body that the signal ends counts as far as it came. */
async function converse(
  client: Client,
  url: URL,
  post: Post,
  signal: AbortSignal,
  now: () => number,
): Promise<Outcome> {
  const path = url.pathname + url.search;
  const request = client.request({ method: 'POST', path, ...post, signal, reset: true });
  // undici heeds the signal only once it is connected.
  const { statusCode, headers, body } = await unlessAborted(signal, request);
  const retryAt = retryTime(headers['retry-after'], now());
  const heard = { ...NOTHING, status: statusCode, answer: await readAnswer(body) };
  return retryAt === undefined ? heard : { ...heard, retryAt };
}

/** One request over one connection, which is closed whatever comes. Rejects when the signal ends it. */
async function exchange(
  { target, addresses }: Clear,
  post: Post,
  signal: AbortSignal,
  { connect = openConnection, now }: EgressOptions,
): Promise<Outcome> {
  const line = openLine(target, addresses, connect);
  // The deadline is the signal's; undici's own times would only end it earlier.
  const limits = { headersTimeout: 0, bodyTimeout: 0, allowH2: false };
  const client = new Client(target.url.origin, { ...limits, connect: line.connector });
  try {
    return await converse(client, target.url, post, signal, now);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return { ...NOTHING, error: connectionFailureOf(thrown) };
  } finally {
    line.close();
    await client.destroy();
  }
}

async function attempt(
  url: string,
  post: Post,
  signal: AbortSignal,
  options: Equipped,
): Promise<Outcome> {
  const aim = await unlessAborted(signal, takeAim(url, options, options.resolve));
  switch (aim.kind) {
    case 'refused':
      return { ...NOTHING, error: `The URL ${aim.objection}.` };
    case 'unresolved':
      return { ...NOTHING, error: 'The host name could not be resolved.' };
    case 'private':
      return { ...NOTHING, error: notPublic(aim.address) };
    case 'clear':
      return exchange(aim, post, signal, options);
  }
}

/** An attempt that always comes to something, in time. */
async function attemptInTime(url: string, post: Post, options: Equipped): Promise<Outcome> {
  const seconds = `${options.deadlineMs / 1000} seconds`;
  return within(options.deadlineMs, async (signal) => {
    try {
      const outcome = await attempt(url, post, signal, options);
      if (!signal.aborted) return outcome;
      return {
        ...outcome,
        error: `The server did not finish its answer within ${seconds}.`,
        timedOut: true,
      };
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
      return { ...NOTHING, error: `The server did not answer within ${seconds}.`, timedOut: true };
    }
  });
}

/**
 * Outgoing requests to the servers of accounts. A URL passes the same rules as in `createUrlCheck`: HTTPS, an allowed
 * port, a public name that is not ours, and only public addresses behind it, of which those that were checked
 * are connected to. See `docs/security.md`, "Webhooks".
 */
export function createEgress(given: EgressOptions): Egress {
  const options = { ...given, resolve: resolverFor(given) };
  return {
    async post(url, headers, body) {
      const began = options.now();
      const outcome = await attemptInTime(url, { headers, body }, options);
      return { ...outcome, durationMs: Math.max(0, options.now() - began) };
    },
  };
}
