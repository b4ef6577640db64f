import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { announce } from '../../local/announce.ts';

const SYSTEM = {
  apiUrl: 'http://127.0.0.1:3025',
  inboxUrl: 'http://127.0.0.1:4000/',
  dashboardUrl: 'http://127.0.0.1:3026',
  dashboard: { email: 'ada@maillayer.test', password: 'secret' },
  dataDir: resolve('.maillayer'),
  domain: 'maillayer.test',
  apiKeys: { live: 'ml_live_x', test: 'ml_test_x' },
  endpoints: { dynamodb: '', ses: '', sqs: '', s3: '', kms: '', cognito: '', dns: '' },
  tableName: 'Items',
};

const linesThat = (start: string, text: string) =>
  text.split('\n').filter((line) => line.startsWith(start));

describe('the announcement', () => {
  it('shows a first email, then how a bounce becomes a webhook and a suppression', () => {
    const bodies = linesThat('curl ', announce(SYSTEM)).map(
      (line) => / -d '(.*)'$/.exec(line)?.[1],
    );
    expect(bodies.map((body) => (body === undefined ? undefined : JSON.parse(body).to))).toEqual([
      'ada@example.com',
      'bounced@example.com',
      undefined,
      undefined,
    ]);
    expect(linesThat('curl ', announce(SYSTEM))[2]).toBe(
      "curl http://127.0.0.1:3025/api/v1/suppressions -H 'Authorization: Bearer ml_live_x'",
    );
  });

  it('begins with where the dashboard is, and who signs in there', () => {
    expect(announce(SYSTEM).split('\n').slice(0, 3)).toEqual([
      'Dashboard http://127.0.0.1:3026',
      'User      ada@maillayer.test',
      'Password  secret',
    ]);
  });

  it('ends with how to stop', () => {
    expect(announce(SYSTEM).trimEnd().split('\n').at(-1)).toBe('Stop with Ctrl-C.');
  });

  it('names the data directory to the receiver only where it is not the usual one', () => {
    const receiver = (dataDir: string) => linesThat('npm ', announce({ ...SYSTEM, dataDir }));
    expect(receiver(resolve('.maillayer'))).toEqual(['npm run receiver']);
    expect(receiver("/tmp/Ada's data")).toEqual([
      "npm run receiver -- --data-dir '/tmp/Ada'\\''s data'",
    ]);
  });
});
