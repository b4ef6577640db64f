import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { resolveByServers } from '../../../lambdas/core/net/resolve.ts';

/** RFC 1035 §3.2.2, RFC 3596: the types asked for. */
const TYPES: Record<number, 'A' | 'AAAA'> = { 1: 'A', 28: 'AAAA' };
const NAME_ERROR = 3;

type Zone = Record<string, Partial<Record<'A' | 'AAAA', number[][]>>>;

const ZONE: Zone = {
  'both.example': {
    A: [[93, 184, 215, 14]],
    AAAA: [[0x26, 6, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x11, 0x11]],
  },
  'four.example': {
    A: [
      [93, 184, 215, 14],
      [10, 0, 0, 1],
    ],
  },
};

/** The name of a query's one question, and where it ends. */
function questionOf(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 };
}

/** RFC 1035 §4: the query's header and question, and an answer record for each address. */
function answerTo(query: Buffer): Buffer {
  const { name, end } = questionOf(query);
  const type = query.readUInt16BE(end - 4);
  const known = ZONE[name];
  const addresses = known?.[TYPES[type] ?? 'A'] ?? [];
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(0x8180 | (known ? 0 : NAME_ERROR), 2);
  header.writeUInt16BE(addresses.length, 6);
  header.writeUInt32BE(0, 8);
  const records = addresses.map((bytes) =>
    Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, bytes.length, ...bytes]),
  );
  return Buffer.concat([header, query.subarray(12, end), ...records]);
}

let server: Socket;
let address: string;

beforeEach(async () => {
  server = createSocket('udp4');
  server.on('message', (query, { port }) => server.send(answerTo(query), port, '127.0.0.1'));
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.close();
  await once(server, 'close');
});

describe('name servers', () => {
  it('are asked for both families, and every address counts', async () => {
    const resolve = resolveByServers([address]);
    expect(await resolve('both.example')).toEqual(['93.184.215.14', '2606:4700::1111']);
    expect(await resolve('four.example')).toEqual(['93.184.215.14', '10.0.0.1']);
  });

  it('say that a name does not exist', async () => {
    await expect(resolveByServers([address])('none.example')).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
  });
});
