import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { EgressOptions } from '../../../lambdas/core/net/egress.ts';
import { CERTIFICATE, KEY } from './certificates.ts';
import { detour, egressWith, listen, listenRaw } from './fakes.ts';

const URL_OF_HOOK = 'https://hooks.acme.com/in?a=b%20c';
const MEGABYTE = 1024 * 1024;
const ended: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

const secureServer = (answer: RequestListener): Server =>
  createServer({ cert: CERTIFICATE, key: KEY }, answer);

/** An egress whose every address is the given HTTPS server on this machine. */
async function reach(server: Server, changes: Partial<EgressOptions> = {}, ca?: null) {
  const listener = await listen(server);
  ended.push(listener.close);
  const { connect, pinned } = detour(listener.port, ca);
  const resolve = async () => ['93.184.215.14', '2606:4700::1111'];
  return { ...listener, pinned, egress: egressWith({ connect, resolve, ...changes }) };
}

describe('a post over HTTPS', () => {
  it('sends the bytes as they are, to the host by its name', async () => {
    const seen: object[] = [];
    const server = secureServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { servername, alpnProtocol } = request.socket as TLSSocket;
      const { host, connection, 'webhook-id': id } = request.headers;
      const { method, url } = request;
      seen.push({ method, url, host, connection, id, body, servername, alpnProtocol });
      response.writeHead(200, { 'Content-Type': 'text/plain' }).end('thanks, schöne Grüße');
    });
    const { egress, pinned } = await reach(server);
    const body = '{"to":"ada@bücher.de"}';
    const result = await egress.post(URL_OF_HOOK, { 'webhook-id': 'msg_1' }, body);
    expect(result).toEqual({
      durationMs: expect.any(Number),
      status: 200,
      error: null,
      answer: 'thanks, schöne Grüße',
      timedOut: false,
    });
    expect(seen).toEqual([
      {
        method: 'POST',
        url: '/in?a=b%20c',
        host: 'hooks.acme.com',
        connection: 'close',
        id: 'msg_1',
        body,
        servername: 'hooks.acme.com',
        alpnProtocol: 'http/1.1',
      },
    ]);
    expect(pinned).toEqual([['93.184.215.14', '2606:4700::1111']]);
  });

  it('asks an address for a certificate of its own, with no server name', async () => {
    const names: unknown[] = [];
    const server = secureServer((request, response) => {
      names.push((request.socket as TLSSocket).servername, request.headers.host);
      response.end();
    });
    const { egress, pinned } = await reach(server);
    for (const url of ['https://93.184.215.14/', 'https://[2606:4700::1111]/']) {
      expect(await egress.post(url, {}, '{}')).toMatchObject({ status: 200, answer: null });
    }
    expect(names).toEqual([false, '93.184.215.14', false, '[2606:4700::1111]']);
    expect(pinned).toEqual([['93.184.215.14'], ['2606:4700::1111']]);
    const other = await egress.post('https://1.1.1.1/', {}, '{}');
    expect(other.error).toBe('The certificate is not valid: it is for another name.');
  });

  it('opens a connection of its own each time, and closes it', async () => {
    const sockets = new Set<unknown>();
    let resumed = 0;
    const server = secureServer((request, response) => {
      sockets.add(request.socket);
      if ((request.socket as TLSSocket).isSessionReused()) resumed += 1;
      response.setHeader('Connection', 'keep-alive').end('ok');
    });
    const { egress, connections, idle } = await reach(server);
    await egress.post(URL_OF_HOOK, {}, '{}');
    await egress.post(URL_OF_HOOK, {}, '{}');
    await Promise.all([1, 2, 3].map(() => egress.post(URL_OF_HOOK, {}, '{}')));
    expect([sockets.size, connections(), resumed]).toEqual([5, 5, 0]);
    await idle();
  });

  it.each([301, 302, 303, 307, 308])(
    'takes a %d as the answer and goes nowhere',
    async (status) => {
      const trap = await listenRaw(() => undefined);
      ended.push(trap.close);
      const paths: unknown[] = [];
      const server = secureServer((request, response) => {
        paths.push(request.url);
        response.writeHead(status, { Location: `http://127.0.0.1:${trap.port}/` }).end('moved');
      });
      const { egress, connections } = await reach(server);
      const result = await egress.post(URL_OF_HOOK, {}, '{}');
      expect(result).toMatchObject({ status, error: null, answer: 'moved' });
      expect([paths.length, connections(), trap.connections()]).toEqual([1, 1, 0]);
    },
  );

  it('reads Retry-After as seconds and as a date', async () => {
    const values = ['120', 'Fri, 31 Dec 2027 23:59:59 GMT', 'soon', '-1'];
    const server = secureServer((_request, response) => {
      response.writeHead(503, { 'Retry-After': values.shift() ?? '' }).end();
    });
    const { egress } = await reach(server, { now: () => 1_000_000 });
    const times = [];
    for (let i = 0; i < 4; i++) times.push((await egress.post(URL_OF_HOOK, {}, '')).retryAt);
    expect(times).toEqual([1_120_000, Date.UTC(2027, 11, 31, 23, 59, 59), undefined, undefined]);
  });
});

describe('a certificate', () => {
  it('from an unknown issuer is refused before anything is sent', async () => {
    let requests = 0;
    const server = secureServer((_request, response) => {
      requests += 1;
      response.end();
    });
    const { egress } = await reach(server, {}, null);
    const result = await egress.post(URL_OF_HOOK, {}, '{}');
    expect(result).toMatchObject({ status: null, timedOut: false });
    expect(result.error).toMatch(/^The certificate is not valid: its issuer is unknown/);
    expect(requests).toBe(0);
  });

  it('is asked for: a server without TLS is not talked to', async () => {
    const plain = await listenRaw((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    ended.push(plain.close);
    const { connect } = detour(plain.port);
    const egress = egressWith({ connect, resolve: async () => ['93.184.215.14'] });
    const result = await egress.post(URL_OF_HOOK, {}, '{}');
    expect(result.status).toBeNull();
    expect(result.error).toMatch(/^The TLS connection failed: /);
  });
});

describe('a server that misbehaves', () => {
  it('has 10 MB cut at 64 KB, and its status counts', async () => {
    let sent = 0;
    const server = secureServer((_request, response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(16 * 1024, 'x');
      const more = () => {
        while (sent < 10 * MEGABYTE && !response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return response.once('drain', more);
        }
        return response.end();
      };
      more();
    });
    const { egress, idle } = await reach(server);
    const result = await egress.post(URL_OF_HOOK, {}, '{}');
    expect(result).toMatchObject({ status: 200, error: null, answer: 'x'.repeat(4096) });
    await idle();
    expect(sent).toBeLessThan(10 * MEGABYTE);
  });

  it('runs into the deadline when it trickles', async () => {
    const server = secureServer((_request, response) => {
      response.writeHead(200).write('a');
      const timer = setInterval(() => response.write('b'), 20);
      response.once('close', () => clearInterval(timer));
    });
    const { egress, idle } = await reach(server, { deadlineMs: 400 });
    const result = await egress.post(URL_OF_HOOK, {}, '{}');
    const error = 'The server did not finish its answer within 0.4 seconds.';
    expect(result).toMatchObject({ status: 200, error, timedOut: true });
    expect(result.answer).toMatch(/^ab*$/);
    await idle();
  });

  it('runs into the deadline when it says nothing', async () => {
    const { egress, idle } = await reach(
      secureServer(() => undefined),
      { deadlineMs: 400 },
    );
    const result = await egress.post(URL_OF_HOOK, {}, '{}');
    const error = 'The server did not answer within 0.4 seconds.';
    expect(result).toMatchObject({ status: null, error, answer: null, timedOut: true });
    await idle();
  });

  it('runs into the deadline when it never begins TLS', async () => {
    const silent = await listenRaw((socket) => socket.resume());
    ended.push(silent.close);
    const { connect } = detour(silent.port);
    const resolve = async () => ['93.184.215.14'];
    const egress = egressWith({ connect, resolve, deadlineMs: 400 });
    const result = await egress.post(URL_OF_HOOK, {}, '{}');
    expect(result).toMatchObject({ status: null, timedOut: true });
    await silent.idle();
  });

  it('that breaks off within the body has answered', async () => {
    const server = secureServer((request, response) => {
      response.writeHead(201, { 'Content-Length': '1000' }).write('half', () => {
        request.socket.destroy();
      });
    });
    const { egress } = await reach(server);
    const result = await egress.post(URL_OF_HOOK, {}, '{}');
    expect(result).toMatchObject({ status: 201, error: null, answer: 'half', timedOut: false });
  });

  it('that breaks off before its answer is not asked again', async () => {
    const { egress, connections } = await reach(secureServer(({ socket }) => socket.destroy()));
    const result = await egress.post(URL_OF_HOOK, {}, '{}');
    const error = 'The server closed the connection before it answered.';
    expect(result).toMatchObject({ status: null, error, timedOut: false });
    expect(connections()).toBe(1);
  });
});
