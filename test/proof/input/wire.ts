import { connect, type Socket } from 'node:net';
import { PATIENCE } from '../../kit/patience.ts';
import { bodyOf, type Draft, headerOf, targetOf } from './draft.ts';

/** An HTTP answer. */
export type Answer = {
  readonly status: number;
  /** Names in lower case; of several values the last. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Sends requests byte by byte as they are drafted, which no HTTP client would do. */
export type Wire = {
  /** The answer; `closed` where the connection ended without one, `silent` where nothing came. */
  send(draft: Draft): Promise<Answer | 'closed' | 'silent'>;
  close(): void;
};

function lengthLines({ framing }: Draft, body: Buffer | undefined): string[] {
  const length = body?.length ?? 0;
  switch (framing) {
    case 'right':
      return body ? [`Content-Length: ${length}`] : [];
    case 'cut':
      return [`Content-Length: ${length}`];
    case 'short':
      return [`Content-Length: ${Math.floor(length / 2)}`];
    case 'long':
      return [`Content-Length: ${length + 10}`];
    case 'twice':
      return [`Content-Length: ${length}`, `Content-Length: ${length + 1}`];
    case 'no number':
      return [`Content-Length: ${length}x`];
  }
}

function bytesOf(draft: Draft, host: string): Buffer {
  const body = bodyOf(draft);
  const lines = [
    `${draft.method} ${targetOf(draft)} HTTP/1.1`,
    ...(headerOf(draft, 'host') === undefined ? [`Host: ${host}`] : []),
    ...draft.headers.map(([name, value]) => `${name}: ${value}`),
    ...lengthLines(draft, body),
  ];
  const sent = draft.framing === 'cut' ? body?.subarray(0, body.length / 2) : body;
  return Buffer.concat([
    Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'),
    sent ?? Buffer.alloc(0),
  ]);
}

function headOf(text: string): Pick<Answer, 'status' | 'headers'> {
  const [first = '', ...lines] = text.split('\r\n');
  const entries = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(entries) };
}

/** The answer once it is whole; undefined while something is missing. */
function answerIn(received: Buffer, isHead: boolean, ended: boolean): Answer | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = headOf(received.subarray(0, end).toString('latin1'));
  const rest = received.subarray(end + 4);
  if (head.status < 200) return answerIn(rest, isHead, ended);
  if (isHead || head.status === 204) return { ...head, body: '' };
  const length = head.headers['content-length'];
  if (length === undefined ? !ended : rest.length < Number(length)) return undefined;
  return { ...head, body: rest.toString('utf8') };
}

function exchange(
  socket: Socket,
  draft: Draft,
  host: string,
): Promise<Answer | 'closed' | 'silent'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const settle = (result: Answer | 'closed' | 'silent') => {
      clearTimeout(timer);
      socket.removeAllListeners();
      // What comes after an answer, such as a reset, is of no interest.
      socket.on('error', () => undefined);
      resolve(result);
    };
    const look = (ended: boolean) => {
      const answer = answerIn(Buffer.concat(chunks), draft.method === 'HEAD', ended);
      if (answer) settle(answer);
      else if (ended) settle('closed');
    };
    const timer = setTimeout(() => settle('silent'), PATIENCE);
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      look(false);
    });
    socket.on('end', () => look(true));
    socket.on('error', () => look(true));
    socket.on('close', () => look(true));
    socket.write(bytesOf(draft, host));
    if (draft.framing === 'cut' || draft.framing === 'long') socket.end();
  });
}

/** Opens a way to one origin; connections are used again where a request and its answer leave them whole. */
export function openWire(origin: string): Wire {
  const { hostname, port, host } = new URL(origin);
  const idle: Socket[] = [];
  const open = () =>
    connect({ host: hostname, port: Number(port), allowHalfOpen: true }).setNoDelay();
  return {
    async send(draft) {
      const kept = idle.pop();
      const isKept = kept !== undefined && !kept.destroyed && !kept.readableEnded;
      const socket = isKept ? kept : open();
      const answer = await exchange(socket, draft, host);
      const isWhole = typeof answer === 'object' && answer.headers.connection !== 'close';
      if (isWhole && draft.framing === 'right') idle.push(socket);
      else socket.destroy();
      // The server may close a kept connection at the very moment in which it is used again.
      return answer === 'closed' && isKept ? await this.send(draft) : answer;
    },
    close() {
      for (const socket of idle) socket.destroy();
    },
  };
}
