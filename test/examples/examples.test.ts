import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalSystem, startLocalSystem } from '../kit/local-system.ts';
import { until } from '../kit/patience.ts';

const RUNTIMES: Readonly<Record<string, string>> = {
  '.mjs': process.execPath,
  '.py': 'python3',
  '.rb': 'ruby',
};

const runtimeOf = (file: string) => RUNTIMES[extname(file)] ?? '';
const isHere = (file: string) => spawnSync(runtimeOf(file), ['--version']).status === 0;

const senders = globSync('examples/send/*').sort();
const receivers = globSync('examples/webhooks/*').sort();
const absent = [...senders, ...receivers].filter((file) => !isHere(file));

let system: LocalSystem;
beforeAll(async () => {
  system = await startLocalSystem(60);
  if (absent.length > 0) console.log(`Not run, for want of the language: ${absent.join(', ')}.`);
});
afterAll(() => system.stop());

const environment = (more: Record<string, string> = {}) => ({
  ...process.env,
  ...{ NODE_OPTIONS: '', MAILLAYER_URL: system.apiUrl, MAILLAYER_API_KEY: system.key },
  ...more,
});

const run = promisify(execFile);

async function send(file: string, to: string, more: Record<string, string> = {}) {
  return await run(runtimeOf(file), [file, to], { env: environment(more) });
}

/** A port that nobody has; the endpoint, with which the secret comes, needs it before the receiver starts. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function call(path: string, body: object): Promise<{ id: string; secret: string }> {
  const answer = await fetch(`${system.apiUrl}/api/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${system.key}` },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as { id: string; secret: string };
}

it('every example has a language that the test knows', () => {
  expect([...senders, ...receivers].map(runtimeOf)).not.toContain('');
});

describe.each(senders.filter(isHere))('the example %s', (file) => {
  it('sends an email', async () => {
    const to = `${extname(file).slice(1)}@example.com`;

    const { stdout } = await send(file, to);

    expect(stdout).toMatch(/^[0-9a-f]{24} queued\n$/);
    await until(async () => {
      const { data } = await system.control<{ data: object[] }>('/_local/inbox');
      return JSON.stringify(data).includes(to);
    }, 'The email has not arrived.');
  });

  it('shows what the API says of a wrong address', async () => {
    const sending = send(file, 'ada@@example.com');

    await expect(sending).rejects.toThrow(/Validation failed: .*to/);
  });
});

describe.each(receivers.filter(isHere))('the example %s', (file) => {
  let receiver: ChildProcess | undefined;
  afterEach(() => void receiver?.kill());

  async function start(port: number, secret: string): Promise<string[]> {
    const env = environment({ PORT: String(port), MAILLAYER_WEBHOOK_SECRET: secret });
    const child = spawn(runtimeOf(file), [file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    receiver = child;
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
    await until(() => lines[0] === `Listening on ${port}`, 'It does not listen.');
    return lines;
  }

  it('takes a signed webhook and refuses one that is not', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const { secret } = await call('webhooks', { url });
    const lines = await start(port, secret);
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1',
      'webhook-signature': 'v1,x',
    };

    const forged = await fetch(url, { method: 'POST', headers, body: '{}' });
    const from = 'hello@maillayer.test';
    const { id } = await call('emails', { from, to: 'ada@example.com', subject: 'x', text: 'x' });

    expect(forged.status).toBe(401);
    await until(
      () => lines.includes(`email.delivered ${id} ada@example.com`),
      () => `It printed ${JSON.stringify(lines)}.`,
    );
  });
});
