import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type System, startSystem } from '../../../local/system.ts';
import { RESOURCES, writeAssembly } from '../assembly-fixture.ts';
import { distribution, EDGE } from './distribution-fixture.ts';

let assembly: string;
let system: System;
let url: string;

beforeAll(async () => {
  assembly = await mkdtemp(join(tmpdir(), 'maillayer-assembly-'));
  const uncached = [{ ErrorCode: 404, ErrorCachingMinTTL: 0 }];
  const Site = distribution({ CustomErrorResponses: uncached });
  await writeAssembly(assembly, { ...RESOURCES, ...EDGE, Site });
  system = await startSystem({ dataDir: undefined, port: 0, assembly, seed: false });
  url = system.dashboardUrl ?? '';
  const s3 = new S3Client({
    endpoint: system.endpoints.s3,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  const put = (Key: string, Body: string, more: object = {}) =>
    s3.send(new PutObjectCommand({ Bucket: 'maillayer-content', Key, Body, ...more }));
  await put('index.html', '<p>Hello</p>', { ContentType: 'text/html', CacheControl: 'no-cache' });
  await put('k', 'the page');
  await put('assets/ä b.js', 'code');
  await put('config.json', '{"region":"us-east-1","signInFlow":"USER_SRP_AUTH"}');
  s3.destroy();
});
afterAll(async () => {
  await system.stop();
  await rm(assembly, { recursive: true });
});

const call = (body: object, headers: Record<string, string> = {}) =>
  fetch(`${url}/call`, { method: 'POST', body: JSON.stringify(body), headers });

describe("the distribution's server", () => {
  it('answers with the objects of the bucket, the one of the root included', async () => {
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([200, '<p>Hello</p>']);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await (await fetch(`${url}/assets/${encodeURIComponent('ä b.js')}`)).text()).toBe(
      'code',
    );
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
      200,
      '12',
      '',
    ]);
    const headers = { 'If-None-Match': response.headers.get('etag') ?? '' };
    expect((await fetch(url, { headers })).status).toBe(304);
  });

  it("adds the policy's headers, but those that plain HTTP has no use for", async () => {
    const { headers } = await fetch(`${url}/k`);
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'never',
      'content-security-policy': `default-src 'none'; connect-src ${system.endpoints.cognito}`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-own': 'yes',
    });
    expect(headers.has('strict-transport-security')).toBe(false);
    expect((await fetch(url)).headers.get('cache-control')).toBe('no-cache');
  });

  it('runs the function at the edge', async () => {
    expect(await (await fetch(`${url}/pages/of/domains.example.com`)).text()).toBe('the page');
    expect((await fetch(`${url}/broken`)).status).toBe(503);
  });

  it('refuses what is missing as S3 does, and methods that are not allowed', async () => {
    const missing = await fetch(`${url}/missing.js`);
    expect([missing.status, missing.headers.get('x-own')]).toEqual([403, 'yes']);
    expect(await missing.text()).toContain('<Code>AccessDenied</Code>');
    expect((await fetch(url, { method: 'POST' })).status).toBe(403);
  });

  it("serves the pages' configuration with what holds on this machine", async () => {
    expect(await (await fetch(`${url}/config.json`)).json()).toEqual({
      region: 'us-east-1',
      signInFlow: 'USER_PASSWORD_AUTH',
      userPoolEndpoint: system.endpoints.cognito,
    });
  });

  it('hands calls on to the API and its answers back as they are', async () => {
    const response = await call({ op: 'throw' });
    expect([response.status, await response.json()]).toEqual([
      500,
      { message: 'Internal Server Error' },
    ]);
    expect(response.headers.has('x-own')).toBe(false);
    await call({ op: 'put', text: 'item' }, { 'Content-Type': 'application/json' });
    const got = await call({ op: 'get', text: 'item' }, { 'Content-Type': 'application/json' });
    expect(await got.json()).toEqual({ pk: { S: 'item' } });
    const whole = await fetch(`${url}/calls?a=1&a=2`, { method: 'DELETE' });
    expect(await whole.json()).toEqual({ route: '$default' });
  });

  it('keeps an error of the API for everybody, unless the distribution says otherwise', async () => {
    const get = async (path: string, method = 'GET') =>
      (await fetch(`${url}/call/${path}`, { method })).status;
    expect(await Promise.all([get('404/made'), get('503/late'), get('429/more')])).toEqual([
      404, 503, 429,
    ]);
    for (const text of ['made', 'late', 'more']) await call({ op: 'put', text });
    expect(await Promise.all([get('404/made'), get('503/late'), get('429/more')])).toEqual([
      200, 503, 200,
    ]);
    expect([await get('503/late?a=1'), await get('503/late', 'HEAD')]).toEqual([503, 503]);
    expect(await get('503/late', 'POST')).toBe(200);
  });

  it('outlives a caller that goes away in the middle of a body', async () => {
    const { port } = new URL(url);
    const sent = request({ port, host: '127.0.0.1', path: '/call', method: 'POST' });
    sent.on('error', () => undefined);
    sent.write('{"op":');
    await new Promise((resolve) =>
      sent.once('socket', (socket) => socket.once('connect', resolve)),
    );
    sent.destroy();
    expect((await fetch(url)).status).toBe(200);
  });

  it('says with which option another port is chosen when its own is taken', async () => {
    const rival = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => rival.once('listening', resolve));
    const { port } = rival.address() as AddressInfo;
    const starting = startSystem({ dataDir: undefined, port: 0, dashboardPort: port, assembly });
    await expect(starting).rejects.toThrow(
      `Port ${port} is taken by another program: stop it, or choose another port with --dashboard-port.`,
    );
    rival.close();
  });
});
