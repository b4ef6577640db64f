import { Resolver } from 'node:dns/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Running, start } from './harness.ts';

let running: Running;
let resolver: Resolver;
let token: string;

function resolverOf({ ses }: Running): Resolver {
  const opened = new Resolver({ tries: 1 });
  opened.setServers([ses.dns]);
  return opened;
}

beforeEach(async () => {
  running = await start();
  resolver = resolverOf(running);
  const command = new CreateEmailIdentityCommand({ EmailIdentity: 'shop.example' });
  const { DkimAttributes } = await running.client.send(command);
  token = DkimAttributes?.Tokens?.[0] ?? '';
});
afterEach(() => running.stop());

const local = (method: string, path: string, body?: object) =>
  fetch(`${running.ses.url}/_local/${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

const dkimName = () => `${token}._domainkey.shop.example`;

describe('the local DNS', () => {
  it("has a domain's DKIM records once it was verified on demand, as if its owner had added them", async () => {
    await expect(resolver.resolveCname(dkimName())).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await local('POST', 'identities/shop.example/verify');
    expect(await resolver.resolveCname(dkimName().toUpperCase())).toEqual([
      `${token}.dkim.local-1.amazonses.com`,
    ]);
    const foreign = 'abc._domainkey.shop.example';
    await expect(resolver.resolveCname(foreign)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('answers with the records that a name was set to, in place of its own', async () => {
    await local('POST', 'identities/shop.example/verify');
    const long = 'v=spf1 '.padEnd(300, 'x');
    const set = await local('PUT', `dns/${dkimName()}`, {
      records: [{ type: 'CNAME', value: 'elsewhere.example' }],
    });
    expect(set.status).toBe(200);
    expect(await resolver.resolveCname(dkimName())).toEqual(['elsewhere.example']);
    await local('PUT', `dns/${dkimName()}`, { records: [] });
    await expect(resolver.resolveCname(dkimName())).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await local('DELETE', `dns/${dkimName()}`);
    expect(await resolver.resolveCname(dkimName())).toHaveLength(1);

    await local('PUT', 'dns/bounce.shop.example', {
      records: [
        { type: 'MX', value: '10 feedback-smtp.us-east-1.amazonses.com' },
        { type: 'TXT', value: long },
        { type: 'TXT', value: '' },
      ],
    });
    expect(await resolver.resolveMx('bounce.shop.example')).toMatchObject([
      { exchange: 'feedback-smtp.us-east-1.amazonses.com', priority: 10 },
    ]);
    const texts = (await resolver.resolveTxt('bounce.shop.example')).map((it) => it.join(''));
    expect(texts.sort()).toEqual(['', long]);
    await expect(resolver.resolveCname('bounce.shop.example')).rejects.toMatchObject({
      code: 'ENODATA',
    });
    const { data } = (await (await local('GET', 'dns')).json()) as { data: unknown[] };
    expect(data).toHaveLength(1);
  });

  it.each([
    { records: [{ type: 'A', value: '127.0.0.1' }] },
    { records: [{ type: 'MX', value: 'mx.example.com' }] },
    { records: [{ type: 'CNAME', value: 'not a host' }] },
    { record: [] },
  ])('refuses %j with an example', async (body) => {
    const response = await local('PUT', 'dns/example.com', body);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('The body must look like');
  });

  it('keeps what was set over a restart', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'maillayer-dns-'));
    const file = join(directory, 'mail.db');
    const records = [{ type: 'TXT', value: 'v=DMARC1; p=none;' }];
    const name = '_dmarc.shop.example';
    const first = await start({ file });
    const url = `${first.ses.url}/_local/dns/${name}`;
    await fetch(url, { method: 'PUT', body: JSON.stringify({ records }) });
    await first.stop();
    const second = await start({ file });
    expect(await resolverOf(second).resolveTxt(name)).toEqual([['v=DMARC1; p=none;']]);
    await second.stop();
    await rm(directory, { recursive: true });
  });
});
