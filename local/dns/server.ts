import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type DnsRecord, readQuestion, writeAnswer } from './message.ts';

/** A running name server. */
export interface NameServer {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * Starts a name server on 127.0.0.1 that has the last word about every name (UDP; no answer is longer than
 * a datagram here).
 *
 * @param recordsOf the records of a name, which is in lower case; none for a name that does not exist
 */
export async function startNameServer(
  recordsOf: (name: string) => readonly DnsRecord[],
): Promise<NameServer> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const question = readQuestion(query);
    if (question === undefined) return;
    socket.send(writeAnswer(query, question, recordsOf(question.name)), port, address);
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
