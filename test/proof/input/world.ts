import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { type System, startSystem } from '../../../local/system.ts';
import type { SystemOptions } from '../../../local/system-options.ts';
import { persist } from '../../kit/patience.ts';
import type { KeyName } from './draft.ts';

type Json = Readonly<Record<string, unknown>>;
export type Told = { readonly status: number; readonly body: Json };

/** A system with one account that no limit holds up, and what requests need of it. */
export type World = {
  readonly system: System;
  readonly keys: Readonly<Record<KeyName, string>>;
  /** A key that was revoked. */
  readonly revoked: string;
  /** The account's verified domain. */
  readonly domain: string;
  /** A customer's server, which answers 204. */
  readonly receiver: string;
  /** A well-formed request to the API, as the account's live key unless said otherwise. */
  call(method: string, path: string, body?: unknown, key?: string): Promise<Told>;
  /** What functions have logged as an error, or written when they broke, but for what is late. */
  readonly errors: readonly string[];
  /** What a machine gives that is too slow: functions and calls that ran out of time. */
  readonly late: readonly string[];
  /** A request to the local SES's control routes. */
  control(path: string, method?: string, body?: unknown): Promise<Json>;
  stop(): Promise<void>;
};

/** Higher than any run comes to, so that 429 is given where it is asked for only. */
export const NO_LIMITS = {
  plans: { Business: { emailsPerMonth: null, domains: null, requestsPerSecond: 1_000_000 } },
};

const DOMAIN = 'proof.example';

/** Runs commands of `bin/admin.ts` in one process; their answers, in order. */
export async function administer(
  dataDir: string,
  commands: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  onAnswer: (answer: Json) => void,
): Promise<void> {
  const args = ['bin/admin.ts', 'batch', '--json', '--data-dir', dataDir];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  try {
    for await (const command of commands) {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      const { value } = await answers.next();
      const answer = JSON.parse(String(value)) as Json;
      if (answer.error !== undefined) throw new Error(`${command.join(' ')}: ${answer.error}`);
      onAnswer(answer);
    }
  } finally {
    child.stdin.end();
  }
}

/** A request, once more where a kept connection was closed in the moment in which it was used; three times at most. */
export const fetchAgain = (url: string, init: RequestInit) => persist(() => fetch(url, init), 3);

async function tell(url: string, init: RequestInit): Promise<Told> {
  const answer = await fetchAgain(url, init);
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
}

/** A server of this machine that takes everything. */
async function startReceiver() {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An account with a verified domain and keys of every kind, by the operator's command line. */
async function makeAccount({ dataDir }: System, verify: () => Promise<unknown>) {
  const answers: Json[] = [];
  const key = (environment: string, ...more: string[]) => [
    ...['key', 'create', '--account', String(answers[0]?.id)],
    ...['--environment', environment, '--name', 'Proof', ...more],
  ];
  async function* commands(): AsyncGenerator<readonly string[]> {
    yield ['account', 'create', '--name', 'Proof', '--plan', 'Business'];
    const of = ['--account', String(answers[0]?.id)];
    yield ['domain', 'add', DOMAIN, ...of];
    await verify();
    yield ['domain', 'verify', DOMAIN, ...of];
    yield key('live', '--scope', 'full');
    yield key('test', '--scope', 'full');
    yield key('live', '--scope', 'send');
    yield key('live', '--scope', 'full', '--domain', DOMAIN);
    yield key('live', '--scope', 'full');
  }
  await administer(dataDir, commands(), (answer) => answers.push(answer));
  const [live = '', test = '', send = '', bound = '', revoked = ''] = answers
    .slice(3)
    .map((answer) => String(answer.key));
  return { live, test, send, bound, revoked };
}

const isLate = (line: string) =>
  /Task timed out after|"name":"(AbortError|TimeoutError)"/.test(line);
const isError = (line: string) => !line.startsWith('{') || line.includes('"level":"ERROR"');

/** Starts the local system with that account; who starts it stops it. */
export async function startWorld(options: Partial<SystemOptions> = {}): Promise<World> {
  const errors: string[] = [];
  const late: string[] = [];
  const system = await startSystem({
    ...{ dataDir: undefined, port: 0, timeScale: 15, context: NO_LIMITS },
    ...options,
    onLine: (name, line) => {
      if (name !== 'sign-in' && isError(line))
        (isLate(line) ? late : errors).push(`${name}: ${line}`);
      options.onLine?.(name, line);
    },
  });
  const receiver = await startReceiver();
  const control = async (path: string, method = 'GET', body?: unknown) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const told = await tell(new URL(path, system.inboxUrl).href, init);
    if (told.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(told)}`);
    return told.body;
  };
  const verify = () => control(`/_local/identities/${DOMAIN}/verify`, 'POST');
  const { revoked, ...keys } = await makeAccount(system, verify);
  const call: World['call'] = (method, path, body, key = keys.live) =>
    tell(`${system.apiUrl}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${key}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  await call('DELETE', `api-keys/${createHash('sha256').update(revoked).digest('hex')}`);
  return {
    system,
    keys: { ...keys, operator: system.apiKeys?.live ?? '' },
    revoked,
    domain: DOMAIN,
    receiver: receiver.url,
    errors,
    late,
    call,
    control,
    async stop() {
      await system.stop();
      await receiver.stop();
    },
  };
}
