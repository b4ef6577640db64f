import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const ROOT = process.cwd();

let parent: string;
let children: ChildProcess[];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'maillayer-start-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(parent, { recursive: true });
});

/** Starts the command as `npm start` does; temporary directories fall into the test's own. */
function start(...args: readonly string[]) {
  const child = spawn(process.execPath, ['local/start.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '', TMPDIR: parent },
  });
  children.push(child);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    ended,
    output: () => output,
    says: async (words: string) => {
      while (!output.includes(words)) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`It ended without "${words}":\n${output}`);
        await sleep(20);
      }
    },
  };
}

const FREE_PORTS = ['--port', '0', '--dashboard-port', '0'];

/** Starts it with a data directory that stays. */
const startIn = (dataDir: string) => start(...FREE_PORTS, '--data-dir', dataDir, '--no-watch');

const local = (dataDir: string) =>
  JSON.parse(readFileSync(join(dataDir, 'local.json'), 'utf8')) as {
    apiUrl: string;
    inboxUrl: string;
    dashboardUrl: string;
    dashboard: { email: string; password: string };
    apiKeys: { live: string; test: string };
  };

/** Signs in as the dashboard's page does, and gives an access token. */
async function signIn({ dashboardUrl, dashboard }: ReturnType<typeof local>): Promise<string> {
  const config = (await (await fetch(`${dashboardUrl}/config.json`)).json()) as {
    readonly userPoolEndpoint: string;
    readonly userPoolClientId: string;
    readonly signInFlow: string;
  };
  const response = await fetch(config.userPoolEndpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
    body: JSON.stringify({
      AuthFlow: config.signInFlow,
      ClientId: config.userPoolClientId,
      AuthParameters: { USERNAME: dashboard.email, PASSWORD: dashboard.password },
    }),
  });
  const { AuthenticationResult } = (await response.json()) as {
    readonly AuthenticationResult: { readonly AccessToken: string };
  };
  return AuthenticationResult.AccessToken;
}

describe('npm start', () => {
  it('runs the synthesized stack until Ctrl-C and leaves nothing behind', async () => {
    const system = start(...FREE_PORTS, '--ephemeral');
    await system.says('Stop with Ctrl-C.');
    const apiUrl = /^API +(\S+)$/m.exec(system.output())?.[1] ?? '';
    const response = await fetch(`${apiUrl}/nothing/here`);
    expect([response.status, await response.json()]).toEqual([
      404,
      { error: 'Not found', message: expect.any(String) },
    ]);
    expect(system.output()).toMatch(
      /emulators[\s\S]*Creating[\s\S]*functions[\s\S]*account[\s\S]*Ready/,
    );
    system.child.kill('SIGINT');
    expect(await system.ended).toBe(0);
    expect(readdirSync(parent)).toEqual([]);
    await expect(fetch(apiUrl)).rejects.toThrow();
  });

  it('prints a request that works when pasted; its mail is in the inbox and on the dashboard', async () => {
    const dataDir = join(parent, 'data');
    const system = startIn(dataDir);
    await system.says('Stop with Ctrl-C.');
    const [command] = /^curl .*$/m.exec(system.output()) ?? [''];
    const shell = spawn('sh', ['-c', `${command} -s`]);
    let answer = '';
    for await (const text of shell.stdout.setEncoding('utf8')) answer += text;
    expect(JSON.parse(answer)).toMatchObject({ status: 'queued', to: 'ada@example.com' });
    const { inboxUrl } = local(dataDir);
    const inbox = async () => (await fetch(`${inboxUrl}_local/inbox`)).text();
    while (!(await inbox()).includes('ada@example.com')) await sleep(50);
    const { dashboardUrl } = local(dataDir);
    expect(await (await fetch(`${dashboardUrl}/domains`)).text()).toContain('<div id="root">');
    const headers = { Authorization: `Bearer ${await signIn(local(dataDir))}` };
    const account = await fetch(`${dashboardUrl}/api/v1/account`, { headers });
    expect(await account.json()).toMatchObject({
      operator: true,
      owner: { email: 'ada@maillayer.test' },
      plan: { name: 'Operator' },
    });
    const emails = await fetch(`${dashboardUrl}/api/v1/emails`, { headers });
    expect(await emails.json()).toMatchObject({ data: [{ to: 'ada@example.com' }] });
    system.child.kill('SIGTERM');
    expect(await system.ended).toBe(0);
  });

  it('has the same keys after kill -9, and says that its directory is in use meanwhile', async () => {
    const dataDir = join(parent, 'data');
    const first = startIn(dataDir);
    await first.says('Stop with Ctrl-C.');
    const { apiKeys: keys, dashboard } = local(dataDir);
    expect(keys.live).toMatch(/^ml_live_\w{36}$/);
    expect(keys.test).toMatch(/^ml_test_\w{36}$/);
    const rival = startIn(dataDir);
    expect(await rival.ended).toBe(1);
    expect(rival.output()).toBe(
      `The data directory ${dataDir} is in use by another Maillayer (process ${first.child.pid}): ` +
        'stop it, or choose another directory with --data-dir.\n',
    );
    first.child.kill('SIGKILL');
    await first.ended;

    const second = startIn(dataDir);
    await second.says('Stop with Ctrl-C.');
    expect(local(dataDir)).toMatchObject({ apiKeys: keys, dashboard });
    expect(await signIn(local(dataDir))).toMatch(/^eyJ/);
    second.child.kill('SIGINT');
    await second.ended;
    expect(existsSync(join(dataDir, 'local.json'))).toBe(false);
  });

  it('stops at once while it is still starting', async () => {
    const system = start(...FREE_PORTS, '--ephemeral');
    await system.says('Starting the emulators');
    system.child.kill('SIGINT');
    expect(await system.ended).toBe(0);
    expect(readdirSync(parent)).toEqual([]);
  });

  it('says in one sentence that its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const system = start('--port', String(port), '--dashboard-port', '0', '--ephemeral');
    expect(await system.ended).toBe(1);
    expect(system.output()).toBe(
      `Port ${port} is taken by another program: stop it, or choose another port with --port.\n`,
    );
    server.close();
  });

  it('says in one sentence that its data directory is a file', async () => {
    const file = join(parent, 'file');
    await writeFile(file, '');
    const system = start('--data-dir', file);
    expect(await system.ended).toBe(1);
    expect(system.output()).toBe(
      `${file} is a file and not a directory: choose another directory with --data-dir.\n`,
    );
  });

  it('says which options there are, after a wrong one and when asked', async () => {
    const wrong = start('--prot', '1');
    expect(await wrong.ended).toBe(1);
    expect(wrong.output()).toBe(
      "Unknown option '--prot': the options are --port, --dashboard-port, --data-dir, --ephemeral, --time-scale, --no-watch, --inspect, --help.\n",
    );
    const asked = start('--help');
    expect(await asked.ended).toBe(0);
    expect(asked.output()).toContain('--time-scale N');
  });
});
