import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { InvocationResult } from '../../../local/functions/protocol.ts';
import { type HttpApi, startHttpApi } from '../../../local/http/server.ts';

type Event = Record<string, unknown> & { requestContext: Record<string, unknown> };

let api: HttpApi;
let events: Event[];
let respond: () => Promise<InvocationResult>;

beforeEach(async () => {
  events = [];
  respond = async () => ({ ok: true, payload: '{"statusCode":200,"body":"hi"}' });
  api = await startHttpApi(0);
});
afterEach(() => api.stop());

function serve(timeoutMs = 5000, routeKeys = ['POST /emails', 'GET /emails/{id}', '$default']) {
  const invoke = (event: string) => {
    events.push(JSON.parse(event) as Event);
    return respond();
  };
  const target = { function: { invoke } as never, timeoutMs };
  api.serve(routeKeys.map((routeKey) => ({ routeKey, target })));
}

describe('the HTTP API', () => {
  it('hands a request to the function in payload format 2.0', async () => {
    serve();
    const response = await fetch(`${api.url}/emails/caf%C3%A9?a=1&b=2&a=3%20`, {
      headers: { Cookie: 'x=1; y=2', 'X-Many': 'one', 'User-Agent': 'test' },
    });
    expect(await response.text()).toBe('hi');
    expect(events[0]).toMatchObject({
      version: '2.0',
      routeKey: 'GET /emails/{id}',
      rawPath: '/emails/café',
      rawQueryString: 'a=1&b=2&a=3%20',
      cookies: ['x=1', 'y=2'],
      queryStringParameters: { a: '1,3 ', b: '2' },
      pathParameters: { id: 'café' },
      headers: { 'x-many': 'one', 'user-agent': 'test', 'x-forwarded-for': '127.0.0.1' },
      requestContext: {
        http: {
          method: 'GET',
          path: '/emails/café',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'test',
        },
        routeKey: 'GET /emails/{id}',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
        requestId: expect.any(String),
      },
      isBase64Encoded: false,
    });
    expect(events[0]).not.toHaveProperty('body');
    expect(events[0]?.headers).not.toHaveProperty('cookie');
  });

  it('takes a path that begins with two slashes as a path', async () => {
    serve();
    for (const path of [
      '//emails/1',
      '//[/emails',
      '//99999999999999999999/v1',
      '//a:b@c:99999/d',
    ]) {
      const { port } = new URL(api.url);
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(`GET ${path}?a=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      let answer = '';
      for await (const chunk of socket) answer += chunk;
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
      expect(events.at(-1)).toMatchObject({ rawPath: path, routeKey: '$default' });
    }
  });

  it('keeps parameters whose names mean something to JavaScript', async () => {
    serve();
    await fetch(`${api.url}/emails/1?__proto__=a&constructor=b&__proto__=c`);
    expect(Object.entries(events[0]?.queryStringParameters ?? {})).toEqual([
      ['__proto__', 'a,c'],
      ['constructor', 'b'],
    ]);
  });

  it.each([
    ['application/json', '{"a":1}', false],
    ['application/json; charset=utf-8', '{"a":1}', false],
    ['text/plain', '{"a":1}', false],
    ['application/problem+json', 'eyJhIjoxfQ==', true],
    ['application/x-www-form-urlencoded', 'eyJhIjoxfQ==', true],
    ['application/octet-stream', 'eyJhIjoxfQ==', true],
    [undefined, 'eyJhIjoxfQ==', true],
  ])('gives the body of type %s as %s', async (type, body, isBase64Encoded) => {
    serve();
    await fetch(`${api.url}/emails`, {
      method: 'POST',
      headers: type === undefined ? {} : { 'Content-Type': type },
      body: new TextEncoder().encode('{"a":1}'),
    });
    expect(events[0]).toMatchObject({ body, isBase64Encoded });
  });

  it('joins repeated headers with a comma', async () => {
    serve();
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    socket.end('GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\r\nX-A: 2\r\nConnection: close\r\n\r\n');
    for await (const _ of socket);
    expect(events[0]?.headers).toMatchObject({ 'x-a': '1,2' });
  });

  it('answers 404 when no route fits and there is no default', async () => {
    serve(5000, ['POST /emails']);
    const response = await fetch(api.url);
    expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
  });

  it('answers 503 before it serves, and when the function takes longer than the integration', async () => {
    expect((await fetch(api.url)).status).toBe(503);
    respond = () => new Promise(() => undefined);
    serve(50);
    const late = await fetch(api.url);
    expect([late.status, await late.json()]).toEqual([503, { message: 'Service Unavailable' }]);
  });

  it('answers 413 to a body above 10 MB without calling the function', async () => {
    serve();
    const body = 'x'.repeat(10 * 1024 * 1024 + 1);
    const response = await fetch(`${api.url}/emails`, { method: 'POST', body });
    expect([response.status, await response.json()]).toEqual([
      413,
      { message: 'Request Entity Too Large' },
    ]);
    expect(events).toEqual([]);
  });

  it('answers 413 when the event, in which the body is escaped once more, exceeds 6 MB', async () => {
    serve();
    const headers = { 'Content-Type': 'application/json' };
    const post = (body: string) => fetch(`${api.url}/emails`, { method: 'POST', headers, body });
    const quotes = await post(`[${'"",'.repeat(1_300_000)}""]`);
    expect([quotes.status, await quotes.json()]).toEqual([
      413,
      { message: 'Request Entity Too Large' },
    ]);
    expect((await post(`"${'x'.repeat(6_200_000)}"`)).status).toBe(200);
    expect(events).toHaveLength(1);
  });

  it('answers 400 to a path that cannot be decoded', async () => {
    serve();
    expect((await fetch(`${api.url}/%ff`)).status).toBe(400);
  });

  it('sends no body length with a 204', async () => {
    respond = async () => ({ ok: true, payload: '{"statusCode":204}' });
    serve();
    const response = await fetch(api.url);
    expect([response.status, response.headers.get('content-length')]).toEqual([204, null]);
  });

  it('says that its port is taken', async () => {
    const port = Number(new URL(api.url).port);
    await expect(startHttpApi(port)).rejects.toThrow(
      `Port ${port} is taken by another program: stop it, or choose another port with --port.`,
    );
  });

  it('answers what is under way before it stops', async () => {
    let release = (_: InvocationResult): void => undefined;
    respond = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    serve();
    const pending = fetch(api.url);
    while (events.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const stopped = api.stop();
    release({ ok: true, payload: '"done"' });
    expect(await (await pending).text()).toBe('done');
    await stopped;
  });
});
