import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { DomainRecord } from '../../../lambdas/core/domain/dns-records.ts';

type Type = DomainRecord['type'];

/** RFC 1035 §3.2.2: the types asked for. */
const TYPES: Record<number, Type> = { 5: 'CNAME', 15: 'MX', 16: 'TXT' };
const NAME_ERROR = 3;
const SERVER_FAILURE = 2;

/** Name → its records; `fails` answers with a failure, `silent` not at all. */
export type Zone = Record<
  string,
  'fails' | 'silent' | Partial<Record<Type, readonly (string | readonly string[])[]>>
>;

const encodedName = (name: string) =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);

function dataOf(type: Type, value: string | readonly string[]): Buffer {
  if (type === 'TXT') {
    return Buffer.concat(
      [value].flat().map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)])),
    );
  }
  if (type === 'CNAME') return encodedName(String(value));
  const [priority, host = ''] = String(value).split(' ');
  return Buffer.concat([Buffer.from([0, Number(priority)]), encodedName(host)]);
}

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

/** RFC 1035 §4: the query's header and question, and an answer for each record; undefined for no answer. */
function answerTo(query: Buffer, zone: Zone): Buffer | undefined {
  const { name, end } = questionOf(query);
  const code = query.readUInt16BE(end - 4);
  const type = TYPES[code] ?? 'TXT';
  const known = zone[name];
  if (known === 'silent') return undefined;
  const values = known === 'fails' ? [] : (known?.[type] ?? []);
  const header = Buffer.from(query.subarray(0, 12));
  const failure = known === 'fails' ? SERVER_FAILURE : known ? 0 : NAME_ERROR;
  header.writeUInt16BE(0x8180 | failure, 2);
  header.writeUInt16BE(values.length, 6);
  header.writeUInt32BE(0, 8);
  const records = values.map((value) => {
    const data = dataOf(type, value);
    const fixed = [0xc0, 12, 0, code, 0, 1, 0, 0, 0, 60, data.length >> 8, data.length & 255];
    return Buffer.concat([Buffer.from(fixed), data]);
  });
  return Buffer.concat([header, query.subarray(12, end), ...records]);
}

/** A name server on 127.0.0.1 that answers from `zone`, which may be changed while it runs. */
export async function startNameServer(zone: Zone) {
  const server = createSocket('udp4');
  server.on('message', (query, { port }) => {
    const answer = answerTo(query, zone);
    if (answer) server.send(answer, port, '127.0.0.1');
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      await once(server, 'close');
    },
  };
}
