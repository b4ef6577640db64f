import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { until } from './patience.ts';

/** The whole system as its own process, so that it can be killed like one. */
export type LocalSystem = {
  readonly apiUrl: string;
  readonly dashboardUrl: string;
  /** How the operator signs in there. */
  readonly dashboard: { readonly email: string; readonly password: string };
  readonly key: string;
  readonly testKey: string;
  readonly dataDir: string;
  /** JSON of one of the local SES's control routes. */
  control<Answer = Record<string, unknown>>(
    path: string,
    method?: string,
    body?: unknown,
  ): Promise<Answer>;
  /** The most times that any message was received, by the functions' log. */
  mostReceives(): number;
  /**
   * What Cognito would have mailed, from the terminal: the text of the pattern's group in the last line that fits.
   *
   * @throws Error when no such line comes
   */
  mailed(pattern: RegExp): Promise<string>;
  /** Messages in the dead-letter queues. */
  parked(): Promise<number>;
  /** A client of the queues; who asks for it closes it. */
  openQueues(): SQSClient;
  /** Ends the process at once, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

type LocalFile = Pick<LocalSystem, 'apiUrl' | 'dashboardUrl' | 'dashboard'> & {
  readonly inboxUrl: string;
  readonly apiKeys: { readonly live: string; readonly test: string };
};

function start(
  dataDir: string,
  timeScale: number,
  onLine: (line: string) => void,
): Promise<{ child: ChildProcess; file: LocalFile }> {
  const options = [
    ...['--port', '0', '--dashboard-port', '0'],
    ...['--data-dir', dataDir, '--time-scale', String(timeScale), '--no-watch'],
  ];
  const child = spawn(process.execPath, ['local/start.ts', ...options], {
    // Jest's own, with the clock of the test file.
    env: process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('exit', () => reject(new Error(`The local system did not start:\n${output}`)));
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      onLine(line);
      if (output.includes('Stop with Ctrl-C')) return;
      output += `${line}\n`;
      if (!output.includes('Stop with Ctrl-C')) return;
      const file = JSON.parse(readFileSync(join(dataDir, 'local.json'), 'utf8')) as LocalFile;
      resolve({ child, file });
    });
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

function openQueues(dataDir: string): SQSClient {
  const file = readFileSync(join(dataDir, 'endpoints.json'), 'utf8');
  const { region, endpoints } = JSON.parse(file) as { region: string; endpoints: { sqs: string } };
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new SQSClient({ region, endpoint: endpoints.sqs, credentials });
}

/** URLs of the queues whose name fits. */
export async function findQueues(client: SQSClient, name: RegExp): Promise<string[]> {
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
  return QueueUrls.filter((url) => name.test(url));
}

/** Messages that lie in queues whose name says "dead". */
async function countParked(dataDir: string): Promise<number> {
  const client = openQueues(dataDir);
  const dead = await findQueues(client, /dead/i);
  if (dead.length === 0) throw new Error('The stack has no dead-letter queue.');
  let total = 0;
  for (const QueueUrl of dead) {
    const AttributeNames = ['ApproximateNumberOfMessages' as const];
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames });
    const { Attributes } = await client.send(command);
    total += Number(Attributes?.ApproximateNumberOfMessages ?? 0);
  }
  client.destroy();
  return total;
}

/** Keeps what is needed of the lines that the system prints. */
function followOutput() {
  let most = 0;
  const mails: string[] = [];
  return {
    onLine(line: string) {
      for (const [, count] of line.matchAll(/receives=(\d+)/g))
        most = Math.max(most, Number(count));
      if (/\bsign-in\b/.test(line)) mails.push(line);
    },
    mostReceives: () => most,
    async mailed(pattern: RegExp): Promise<string> {
      return await until(
        () => mails.findLast((line) => pattern.test(line))?.match(pattern)?.[1],
        () => `No such line was printed: ${pattern}. There is:\n${mails.join('\n')}`,
      );
    },
  };
}

async function control(url: URL, method: string, body: unknown) {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const answer = await fetch(url, init);
  if (!answer.ok) {
    throw new Error(`${method} ${url.pathname}: ${answer.status} ${await answer.text()}`);
  }
  const text = await answer.text();
  return text === '' ? {} : JSON.parse(text);
}

/** Starts the local system on a data directory of its own, which `stop` removes. */
export async function startLocalSystem(timeScale: number): Promise<LocalSystem> {
  const dataDir = mkdtempSync(join(tmpdir(), 'maillayer-bench-'));
  const { onLine, mostReceives, mailed } = followOutput();
  let { child, file } = await start(dataDir, timeScale, onLine);
  return {
    get apiUrl() {
      return file.apiUrl;
    },
    get dashboardUrl() {
      return file.dashboardUrl;
    },
    get dashboard() {
      return file.dashboard;
    },
    get key() {
      return file.apiKeys.live;
    },
    get testKey() {
      return file.apiKeys.test;
    },
    dataDir,
    openQueues: () => openQueues(dataDir),
    control: (path, method = 'GET', body = undefined) =>
      control(new URL(path, file.inboxUrl), method, body),
    mostReceives,
    mailed,
    parked: () => countParked(dataDir),
    kill: () => end(child, 'SIGKILL'),
    async restart() {
      ({ child, file } = await start(dataDir, timeScale, onLine));
    },
    async stop() {
      await end(child, 'SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
