import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dnsRecords } from '../../../lambdas/core/net/dns-records.ts';
import { startNameServer } from './name-server.ts';

const ZONE = {
  'a._domainkey.shop.example': { CNAME: ['A.dkim.AmazonSES.com'] },
  'bounce.shop.example': {
    MX: ['10 Feedback-smtp.us-east-1.amazonses.com', '20 mx.shop.example'],
    TXT: [['v=spf1 include:', 'amazonses.com ~all'], 'x'],
  },
  'broken.example': 'fails',
  'dead.example': 'silent',
} as const;

let server: Awaited<ReturnType<typeof startNameServer>>;
beforeAll(async () => {
  server = await startNameServer(ZONE);
});
afterAll(() => server.stop());

const ask = () => dnsRecords([server.address], { timeout: 200, tries: 1 });

describe('name servers', () => {
  it('are asked for each type, and answer in one spelling', async () => {
    const dns = ask();
    expect(await dns.lookUp('CNAME', 'a._domainkey.shop.example')).toEqual([
      'a.dkim.amazonses.com',
    ]);
    expect((await dns.lookUp('MX', 'bounce.shop.example'))?.slice().sort()).toEqual([
      '10 feedback-smtp.us-east-1.amazonses.com',
      '20 mx.shop.example',
    ]);
    expect(await dns.lookUp('TXT', 'bounce.shop.example')).toEqual([
      'v=spf1 include:amazonses.com ~all',
      'x',
    ]);
  });

  it('say for sure that there is no such name, or no such record', async () => {
    expect(await ask().lookUp('CNAME', 'none.shop.example')).toEqual([]);
    expect(await ask().lookUp('CNAME', 'bounce.shop.example')).toEqual([]);
  });

  it('that fail or do not answer have said nothing', async () => {
    expect(await ask().lookUp('CNAME', 'broken.example')).toBeUndefined();
    expect(await ask().lookUp('TXT', 'dead.example')).toBeUndefined();
  });
});
