import { describe, expect, it } from '@jest/globals';
import { answerTo, type DnsRecord } from '../../../local/dns/server.ts';

const HEADER = Buffer.from([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);

describe('a DNS query', () => {
  it('is read with its name in lower case', () => {
    const query = Buffer.concat([
      HEADER,
      Buffer.from('\x03API\x02de\x00\x00\x10\x00\x01', 'latin1'),
    ]);
    const asked: string[] = [];
    const recordsOf = (name: string): DnsRecord[] => {
      asked.push(name);
      return [{ type: 'TXT', value: 'text' }];
    };
    const answer = answerTo(query, recordsOf);
    expect(asked).toEqual(['api.de']);
    expect(answer?.subarray(12, query.length)).toEqual(query.subarray(12));
    expect(answer?.subarray(-5).toString('latin1')).toBe('\x04text');
  });

  it.each([
    ['is empty', Buffer.alloc(0)],
    ['ends within a name', Buffer.concat([HEADER, Buffer.from('\x09abcdef')])],
    ['ends after the name', Buffer.concat([HEADER, Buffer.from('\x03abc\x00')])],
    ['has a pointer for a name', Buffer.concat([HEADER, Buffer.from([0xc0, 12, 0, 16, 0, 1])])],
    [
      'is an answer',
      Buffer.concat([
        Buffer.from([0, 1, 0x80]),
        HEADER.subarray(3),
        Buffer.from('\x01a\x00\x00\x10\x00\x01'),
      ]),
    ],
  ])('is none when it %s', (_, bytes) => {
    expect(answerTo(bytes, () => [])).toBeUndefined();
  });
});
