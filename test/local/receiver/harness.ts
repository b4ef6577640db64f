import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { type Answer, startFakeApi } from './fake-api.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** The id of the endpoint that the fake API makes. */
export const ID = '665f1a2b3c4d5e6f7a8b9c0d';

/** What the fake API answers when all goes well. */
export const ANSWERS: Readonly<Record<string, Answer>> = {
  'POST /api/v1/webhooks': { status: 201, body: JSON.stringify({ id: ID, secret: SECRET }) },
  [`DELETE /api/v1/webhooks/${ID}`]: { status: 204, body: '' },
};

/** A data directory of a system whose API is a fake one, and receivers that run on it. */
export async function openWorld(answers: Readonly<Record<string, Answer>> = ANSWERS) {
  const dataDir = await mkdtemp(join(tmpdir(), 'maillayer-receiver-'));
  const api = await startFakeApi(answers);
  const local = { apiUrl: api.url, apiKeys: { live: 'ml_live_x', test: 'ml_test_x' } };
  await writeFile(join(dataDir, 'local.json'), JSON.stringify(local));
  const children: ChildProcess[] = [];
  return {
    api,
    localFile: join(dataDir, 'local.json'),
    start: (...args: readonly string[]) => start(['--data-dir', dataDir, ...args], children),
    async close() {
      for (const child of children) child.kill('SIGKILL');
      await api.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** Starts the command as `npm run receiver` does. */
function start(args: readonly string[], children: ChildProcess[]) {
  const child = spawn(process.execPath, ['local/receiver.ts', ...args], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const says = async (words: string) => {
    while (!output.includes(words)) {
      if (child.exitCode !== null) throw new Error(`It ended without "${words}":\n${output}`);
      await sleep(20);
    }
  };
  return {
    /** Its exit code. */
    ended: once(child, 'close').then(([code]) => code as number | null),
    says,
    output: () => output,
    interrupt: () => child.kill('SIGINT'),
    /** Where it listens, once it does. */
    url: async () => {
      await says('Stop with Ctrl-C.');
      return /http:\/\/127\.0\.0\.1:\d+\//.exec(output)?.[0] ?? '';
    },
  };
}

/** Posts a webhook as Maillayer signs it. */
export function post(url: string, body: string, changes: Readonly<Record<string, string>> = {}) {
  const at = new Date();
  const headers = {
    'content-type': 'application/json',
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(SECRET).sign('msg_1', at, body),
    'maillayer-environment': 'live',
    ...changes,
  };
  return fetch(url, { method: 'POST', headers, body });
}
