import { describe, expect, it } from '@jest/globals';
import { readAnswer, retryTime } from '../../../lambdas/core/net/answer.ts';
import { connectionFailureOf } from '../../../lambdas/core/net/failure.ts';

const NOW = 1_000_000;

describe('Retry-After', () => {
  it.each([
    ['0', NOW],
    ['120', NOW + 120_000],
    [' 7 ', NOW + 7000],
    ['999999999', NOW + 999_999_999_000],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 784_111_777_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 784_111_777_000],
    ['Sun Nov  6 08:49:37 1994', 784_111_777_000],
  ])('%j is a time', (written, time) => {
    expect(retryTime(written, NOW)).toBe(time);
  });

  it.each([
    undefined,
    '',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    '10000000000',
    'soon',
    '12 hours',
    '2027-12-31T23:59:59Z',
    'Fri, 99 Dec 2027 23:59:59 GMT',
    'Fri, 31 Dec 2027 23:59:59 +0200',
    ['1', '2'],
  ])('%j is nonsense', (written) => {
    expect(retryTime(written, NOW)).toBeUndefined();
  });
});

async function* parts(...chunks: (string | Uint8Array)[]) {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

describe('what is kept of an answer', () => {
  it('is null when there is nothing', async () => {
    expect(await readAnswer(parts())).toBeNull();
    expect(await readAnswer(parts('\0\0'))).toBeNull();
  });

  it('is text, whatever the bytes, without NULs', async () => {
    const bytes = new Uint8Array([0x61, 0x00, 0xff, 0xc3, 0xb6]);
    expect(await readAnswer(parts(bytes))).toBe('a\ufffdö');
    expect(await readAnswer(parts(new Uint8Array([0xc3]), new Uint8Array([0xb6])))).toBe('ö');
  });

  it('ends after 4096 bytes, between whole characters', async () => {
    expect(await readAnswer(parts('愛'.repeat(5000)))).toBe('愛'.repeat(1365));
    expect(await readAnswer(parts(`a${'😀'.repeat(3000)}`))).toBe(`a${'😀'.repeat(1023)}`);
  });

  it('is read up to 64 KB', async () => {
    let read = 0;
    async function* endless() {
      for (;;) {
        read += 1024;
        yield Buffer.alloc(1024, '\0');
      }
    }
    expect(await readAnswer(endless())).toBeNull();
    expect(read).toBe(64 * 1024);
  });
});

describe('a failure', () => {
  it.each([
    ['ECONNREFUSED', 'The connection was refused.'],
    ['ENETUNREACH', 'The server could not be reached.'],
    ['CERT_HAS_EXPIRED', 'The certificate is not valid: it has expired.'],
    ['CERT_CHAIN_TOO_LONG', 'The certificate is not valid: CERT_CHAIN_TOO_LONG.'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'The TLS connection failed: ERR_SSL_WRONG_VERSION_NUMBER.'],
    ['HPE_INVALID_CONSTANT', 'The server did not answer in HTTP.'],
    ['EMFILE', 'The request failed: EMFILE.'],
  ])('%s is told in words', (code, sentence) => {
    expect(connectionFailureOf(Object.assign(new Error('It failed.'), { code }))).toBe(sentence);
  });

  it('without a code is named', () => {
    expect(connectionFailureOf(new TypeError('What is it?'))).toBe(
      'The request failed: TypeError.',
    );
    expect(connectionFailureOf(undefined)).toBe('The request failed: unknown error.');
  });

  it('that is a request nobody could write is thrown on', () => {
    const ours = Object.assign(new Error('invalid header'), { code: 'UND_ERR_INVALID_ARG' });
    expect(() => connectionFailureOf(ours)).toThrow('invalid header');
  });
});
