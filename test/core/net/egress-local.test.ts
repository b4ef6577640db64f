import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openConnection } from '../../../lambdas/core/net/connector.ts';
import { CERTIFICATE, KEY } from './certificates.ts';
import { egressWith, listen, listenRaw } from './fakes.ts';

const ended: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

async function receiver() {
  const hosts: unknown[] = [];
  const server = createServer((request, response) => {
    hosts.push(request.headers.host);
    request.resume().once('end', () => response.end('heard'));
  });
  const listener = await listen(server);
  ended.push(listener.close);
  return { ...listener, hosts };
}

const onLaptop = { local: true, connect: openConnection };

describe('on the laptop', () => {
  it('plain HTTP to this machine works, at any port', async () => {
    const { port, hosts } = await receiver();
    const egress = egressWith({ ...onLaptop, resolve: async () => ['127.0.0.1'] });
    for (const host of ['127.0.0.1', 'localhost', 'hooks.localhost']) {
      const url = `http://${host}:${port}/hook`;
      expect(await egress.objectionTo(url)).toBeUndefined();
      expect(await egress.post(url, {}, '{}')).toMatchObject({ status: 200, answer: 'heard' });
    }
    expect(hosts).toEqual([`127.0.0.1:${port}`, `localhost:${port}`, `hooks.localhost:${port}`]);
  });

  it('the next address is tried when one refuses', async () => {
    const { port } = await receiver();
    const egress = egressWith({ ...onLaptop, resolve: async () => ['::1', '127.0.0.1'] });
    const result = await egress.post(`http://localhost:${port}/`, {}, '{}');
    expect(result).toMatchObject({ status: 200, error: null });
  });

  it.each([
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:127.0.0.1]/',
    'http://printer.local/',
    'http://hooks/',
    'http://api.maillayer.dev/',
    'ftp://127.0.0.1/',
  ])('%s is refused all the same', async (url) => {
    const egress = egressWith({ local: true });
    expect(await egress.objectionTo(url)).toMatch(/^must /);
    expect((await egress.post(url, {}, '{}')).status).toBeNull();
  });

  it('a closed port, a reset and an answer that is not HTTP are told apart', async () => {
    const closed = await listen(createTcpServer());
    await closed.close();
    const reset = await listenRaw((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const hangsUp = await listenRaw((socket) => socket.destroy());
    const chatter = await listenRaw((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    ended.push(reset.close, hangsUp.close, chatter.close);
    const egress = egressWith(onLaptop);
    const errors: unknown[] = [];
    for (const { port } of [closed, reset, hangsUp, chatter]) {
      errors.push((await egress.post(`http://127.0.0.1:${port}/`, {}, '{}')).error);
    }
    expect(errors).toEqual([
      'The connection was refused.',
      'The server closed the connection before it answered.',
      'The server closed the connection before it answered.',
      'The server did not answer in HTTP.',
    ]);
    expect([reset.connections(), hangsUp.connections(), chatter.connections()]).toEqual([1, 1, 1]);
  });

  it('all of several closed addresses are one refusal', async () => {
    const closed = await listen(createTcpServer());
    await closed.close();
    const egress = egressWith({ ...onLaptop, resolve: async () => ['127.0.0.1', '127.0.0.1'] });
    const result = await egress.post(`http://localhost:${closed.port}/`, {}, '{}');
    expect(result.error).toBe('The connection was refused.');
  });

  it('an answer that asks for another protocol is an error', async () => {
    const head = 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n';
    const switcher = await listenRaw((socket) => socket.once('data', () => socket.write(head)));
    ended.push(switcher.close);
    const result = await egressWith(onLaptop).post(`http://127.0.0.1:${switcher.port}/`, {}, '{}');
    expect(result).toMatchObject({ status: null, answer: null, timedOut: false });
    expect(result.error).toMatch(/^The /);
    await switcher.idle();
  });

  it('a stream of interim answers runs into the deadline', async () => {
    const early = await listenRaw((socket) => {
      const more = () => socket.write('HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n');
      const timer = setInterval(more, 10);
      socket.once('close', () => clearInterval(timer)).resume();
    });
    ended.push(early.close);
    const egress = egressWith({ ...onLaptop, deadlineMs: 300 });
    const result = await egress.post(`http://127.0.0.1:${early.port}/`, {}, '{}');
    expect(result).toMatchObject({ status: null, timedOut: true });
    await early.idle();
  });

  it('headers without end are an error', async () => {
    const endless = await listenRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      socket.write(`X-Long: ${'a'.repeat(100_000)}\r\n`);
    });
    ended.push(endless.close);
    const result = await egressWith(onLaptop).post(`http://127.0.0.1:${endless.port}/`, {}, '{}');
    expect(result.error).toBe("The headers of the server's answer are too long.");
  });
});

describe('a resolver that changes its mind', () => {
  it('is asked once a post, and what it said first is where the connection goes', async () => {
    const { port, hosts, connections } = await receiver();
    const answers = [['127.0.0.1'], ['10.0.0.1'], ['127.0.0.1', '192.168.0.1'], ['127.0.0.1']];
    let asked = 0;
    const resolve = async () => answers[asked++] ?? [];
    const egress = egressWith({ ...onLaptop, resolve });
    const url = `http://hooks.acme.com:${port}/`;
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await egress.post(url, {}, '{}')).status);
    expect(statuses).toEqual([200, null, null, 200]);
    expect([asked, connections(), hosts.length]).toEqual([4, 2, 2]);
  });

  it.each([
    [['93.184.215.14'], ['127.0.0.1']],
    [['2606:4700::1111'], ['::1']],
    [['93.184.215.14'], ['93.184.215.14', '127.0.0.1']],
  ])('%j at create and %j at dispatch reaches nothing here', async (first, then) => {
    const { port, connections } = await receiver();
    const answers = [first, then, first];
    const resolve = async () => answers.shift() ?? [];
    const egress = egressWith({ ports: [port], connect: openConnection, resolve });
    const url = `https://hooks.acme.com:${port}/`;
    expect(await egress.objectionTo(url)).toBeUndefined();
    expect((await egress.post(url, {}, '{}')).error).toMatch(/^The address .* is not public\.$/);
    expect([answers.length, connections()]).toEqual([1, 0]);
  });
});

/** What a post comes to in a Node of its own, with the given environment. */
async function postFromNode(url: string, env: Readonly<Record<string, string>>) {
  const program = `
    import { createEgress } from './lambdas/core/net/egress.ts';
    const options = { local: true, ports: [443], ownHosts: [], deadlineMs: 5000, now: Date.now };
    const { status, error } = await createEgress(options).post('${url}', {}, '{}');
    console.log(status, error);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  await once(child, 'close');
  return output.trim();
}

describe('the environment', () => {
  it('cannot put a proxy between', async () => {
    const { port, connections } = await receiver();
    const proxy = await listenRaw((socket) => socket.destroy());
    ended.push(proxy.close);
    const at = `http://127.0.0.1:${proxy.port}`;
    const env = { HTTP_PROXY: at, HTTPS_PROXY: at, http_proxy: at, NO_PROXY: '' };
    const told = { ...env, NODE_USE_ENV_PROXY: '1' };
    expect(await postFromNode(`http://127.0.0.1:${port}/`, told)).toBe('200 null');
    expect([connections(), proxy.connections()]).toEqual([1, 0]);
  });

  it('cannot switch off the check of certificates', async () => {
    const server = createSecureServer({ cert: CERTIFICATE, key: KEY }, (_request, response) => {
      response.end();
    });
    const { port, close } = await listen(server);
    ended.push(close);
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const output = await postFromNode(`https://127.0.0.1:${port}/`, env);
    expect(output).toMatch(/^null The certificate is not valid: /);
  });
});
