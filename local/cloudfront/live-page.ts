import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import * as v from 'valibot';
import { ROOT, startNode } from '../child-process.ts';

/** The dashboard's page from its sources: a change shows at once, and what the page holds stays. */
export interface LivePage {
  /** What the page's policy must allow its inline script to have. */
  readonly nonce: string;
  /** Its server, without a slash at the end; undefined when that could not be started. */
  readonly url: Promise<string | undefined>;
}

/** Paths below it belong to the page's sources. */
export const LIVE_BASE = '/_live/';

/** Whether what keeps the state of a changed page is installed: it is a tool for development. */
export function canServeLive(): boolean {
  try {
    createRequire(join(ROOT, 'dashboard', 'dev.ts')).resolve('@vitejs/plugin-react');
    return true;
  } catch {
    return false;
  }
}

/** Starts the server of the page's sources, which runs until the signal. */
export function startLivePage(signal: AbortSignal, say: (sentence: string) => void): LivePage {
  const nonce = randomUUID();
  const child = startNode(['dashboard/dev.ts', LIVE_BASE, nonce], {}, signal);
  // It is ended by the signal.
  child.on('error', () => undefined);
  child.stderr.on('data', (text) => say(String(text).trimEnd()));
  const first = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const ready = first.then(
    ([line]) => v.parse(v.object({ url: v.string() }), JSON.parse(line)).url,
  );
  const ended = once(child, 'close').then(() => undefined);
  return { nonce, url: Promise.race([ready, ended]).catch(() => undefined) };
}

/** Hands connections that become WebSockets on to the page's server: over them it tells of changes. */
export function relayUpgrades(url: () => Promise<string | undefined>) {
  return async (message: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const target = message.url?.startsWith(LIVE_BASE) ? await url() : undefined;
    if (target === undefined) socket.destroy();
    else relayUpgrade(message, { socket, head, target });
  };
}

function relayUpgrade(
  { url, rawHeaders }: IncomingMessage,
  { socket, head, target }: { socket: Duplex; head: Buffer; target: string },
): void {
  const { hostname, port } = new URL(target);
  const upstream = connect(Number(port), hostname, () => {
    const headers = rawHeaders.map((text, i) => (i % 2 === 0 ? `${text}: ` : `${text}\r\n`));
    upstream.write(`GET ${url} HTTP/1.1\r\n${headers.join('')}\r\n`);
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on('error', () => socket.destroy()).on('close', () => socket.destroy());
  socket.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
}
