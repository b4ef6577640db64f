import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import {
  type Answer,
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  type Packet,
  RECURSION_DESIRED,
} from 'dns-packet';

/** A name's record: a host name, `10 mx.example.com`, or text. */
export interface DnsRecord {
  readonly type: 'CNAME' | 'MX' | 'TXT';
  readonly value: string;
}

/** All records of a name, which is in lower case; none for a name that does not exist. */
export type RecordsOf = (name: string) => readonly DnsRecord[];

/** A running name server. */
export interface NameServer {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  stop(): Promise<void>;
}

/** RFC 1035 §4.1.1: there is no such name. */
const NAME_ERROR = 3;

/** The most bytes of a character string, which a text is made of: RFC 1035 §3.3. */
const STRING_BYTES = 255;

/** Starts a name server on 127.0.0.1 that has the last word about every name (UDP; no answer is longer than a datagram here). */
export async function startNameServer(recordsOf: RecordsOf): Promise<NameServer> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const answer = answerTo(query, recordsOf);
    if (answer !== undefined) socket.send(answer, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    stop: async () => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

/** The answer to a query; undefined for what is none. */
export function answerTo(query: Buffer, recordsOf: RecordsOf): Buffer | undefined {
  const { id, type, flags = 0, questions = [] } = read(query);
  const [question] = questions;
  if (type !== 'query' || question === undefined || questions.length > 1) return undefined;
  const records = recordsOf(question.name.toLowerCase());
  const code = records.length > 0 ? 0 : NAME_ERROR;
  return encode({
    type: 'response',
    ...(id === undefined ? {} : { id }),
    flags: AUTHORITATIVE_ANSWER | (flags & RECURSION_DESIRED) | code,
    questions,
    answers: records
      .filter((record) => record.type === question.type)
      .map((record) => toAnswer(question.name, record)),
  });
}

function read(query: Buffer): Packet {
  try {
    return decode(query);
  } catch {
    return {};
  }
}

/** Nobody may keep it: the next answer may be another. */
function toAnswer(name: string, { type, value }: DnsRecord): Answer {
  if (type === 'CNAME') return { name, type, ttl: 0, data: value };
  if (type === 'TXT') return { name, type, ttl: 0, data: characterStrings(Buffer.from(value)) };
  const [preference, exchange = ''] = value.split(' ');
  return { name, type, ttl: 0, data: { preference: Number(preference), exchange } };
}

function characterStrings(text: Buffer): Buffer[] {
  const count = Math.max(1, Math.ceil(text.length / STRING_BYTES));
  return Array.from({ length: count }, (_, i) =>
    text.subarray(i * STRING_BYTES, (i + 1) * STRING_BYTES),
  );
}
