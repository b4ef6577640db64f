import { once } from 'node:events';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LIVE_BASE, type LivePage, startLivePage } from '../../../local/cloudfront/live-page.ts';
import { type DistributionServer, startDistribution } from '../../../local/cloudfront/server.ts';

const ending = new AbortController();
const said: string[] = [];
let live: LivePage;
let server: DistributionServer;

beforeAll(async () => {
  live = startLivePage(ending.signal, (sentence) => said.push(sentence));
  server = await startDistribution(0);
  const headers = [{ name: 'x-own', value: 'yes', override: true }];
  const pages = {
    pattern: '*',
    methods: ['GET'],
    origin: { kind: 'bucket', bucket: 'site' },
    onRequest: undefined,
    headers,
  } as const;
  server.serve({
    distribution: { behaviours: [pages], errorSeconds: () => 0, rootObject: 'index.html' },
    // It answers nobody: what is asked for here is not in the bucket.
    s3: new S3Client({ endpoint: 'http://127.0.0.1:1', region: 'us-east-1', maxAttempts: 1 }),
    apiUrl: 'http://127.0.0.1:1',
    configuration: {},
    live,
  });
});
afterAll(async () => {
  await server.stop();
  ending.abort();
});

describe('the page from its sources', () => {
  it('is answered with the headers of the page, its scripts with the nonce', async () => {
    const response = await fetch(server.url);
    const page = await response.text();

    expect(response.headers.get('x-own')).toBe('yes');
    expect(page).toContain('<div id="root">');
    const scripts = [...page.matchAll(/<script [^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length).toBeGreaterThan(1);
    for (const tag of scripts) expect(tag).toContain(`nonce="${live.nonce}"`);
  });

  it('has its sources below a path of their own', async () => {
    const response = await fetch(`${server.url}${LIVE_BASE}src/main.tsx`);

    expect(response.headers.get('content-type')).toBe('text/javascript');
    expect(await response.text()).toContain(`from "${LIVE_BASE}src/app.tsx"`);
  });

  it('hears of changes through the same port', async () => {
    const client = await (await fetch(`${server.url}${LIVE_BASE}@vite/client`)).text();
    const [, token] = /wsToken = "([\w-]+)"/.exec(client) ?? [];
    const address = `${server.url.replace('http', 'ws')}${LIVE_BASE}?token=${token}`;
    const socket = new WebSocket(address, 'vite-hmr');
    const [{ data }] = (await once(socket, 'message')) as [MessageEvent];

    expect(JSON.parse(String(data))).toEqual({ type: 'connected' });
    // It is left open: the server ends it when it stops.
  });

  it('is all that can be reached in this way', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/v1/emails`);

    await once(socket, 'error');
  });

  it('says nothing while all is well', () => {
    expect(said).toEqual([]);
  });
});
