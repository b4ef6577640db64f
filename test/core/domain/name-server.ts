import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type Answer, decode, encode } from 'dns-packet';
import type { DomainRecord } from '../../../lambdas/core/domain/dns-records.ts';

type Type = DomainRecord['type'];
type Value = string | readonly string[];

/** RFC 1035 §4.1.1. */
const NAME_ERROR = 3;
const SERVER_FAILURE = 2;

/** Name → its records; `fails` answers with a failure, `silent` not at all. */
export type Zone = Record<string, 'fails' | 'silent' | Partial<Record<Type, readonly Value[]>>>;

function toAnswer(name: string, type: Type, value: Value): Answer {
  if (type === 'TXT') return { name, type, ttl: 60, data: [value].flat() as string[] };
  if (type === 'CNAME') return { name, type, ttl: 60, data: String(value) };
  const [preference, exchange = ''] = String(value).split(' ');
  return { name, type, ttl: 60, data: { preference: Number(preference), exchange } };
}

/** The query's question, and an answer for each record; undefined for no answer. */
function answerTo(query: Buffer, zone: Zone): Buffer | undefined {
  const { id = 0, questions = [] } = decode(query);
  const { name = '', type = 'TXT' } = questions[0] ?? {};
  const known = zone[name.toLowerCase()];
  if (known === 'silent') return undefined;
  const failure = known === 'fails' ? SERVER_FAILURE : known ? 0 : NAME_ERROR;
  const values = known === 'fails' ? [] : (known?.[type as Type] ?? []);
  const answers = values.map((value) => toAnswer(name, type as Type, value));
  return encode({ type: 'response', id, flags: failure, questions, answers });
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
