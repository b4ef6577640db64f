import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Endpoints } from '../local/emulators/clients.ts';

/** One AWS call that a function made. */
export type AwsCall = {
  readonly function: string;
  /** `DynamoDB UpdateItem`, `SQS SendMessage`, … */
  readonly action: string;
  /** By the table engine's `ReturnConsumedCapacity`; 0 for other services. */
  readonly readUnits: number;
  readonly writeUnits: number;
};

type Capacity = { CapacityUnits?: number };
type Answer = { ConsumedCapacity?: Capacity | Capacity[] };

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** JSON protocols name the action in a header; REST ones have only method and path. */
function actionOf(service: string, message: IncomingMessage, path: string): string {
  const target = String(message.headers['x-amz-target'] ?? '');
  if (target) return target.slice(target.indexOf('.') + 1);
  if (service === 'ses') return path.includes('outbound-emails') ? 'SendEmail' : 'GetAccount';
  return message.method === 'PUT' ? 'PutObject' : 'GetObject';
}

/** A put of an item in the index by time also writes to the index; dynalite does not count that. */
function indexUnits(action: string, request: Buffer): number {
  return action === 'PutItem' && request.includes('"gsi1pk"') ? 1 : 0;
}

/** A write whose condition fails is charged like one that was made; its answer does not say so. */
function unitsOf(action: string, request: Buffer, { status, body }: Forwarded): number {
  if (status !== 200) return READS.has(action) ? 0 : 1;
  const { ConsumedCapacity } = JSON.parse(body.toString('utf8')) as Answer;
  const all = [ConsumedCapacity ?? []].flat();
  const units = all.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
  return units + indexUnits(action, request);
}

function withCapacity(body: Buffer): Buffer {
  const parsed = JSON.parse(body.toString('utf8'));
  return Buffer.from(JSON.stringify({ ...parsed, ReturnConsumedCapacity: 'TOTAL' }));
}

const NAMES: Record<string, string> = {
  dynamodb: 'DynamoDB',
  sqs: 'SQS',
  s3: 'S3',
  ses: 'SES',
  kms: 'KMS',
};

type Forwarded = { status: number; headers: IncomingMessage['headers']; body: Buffer };

function forward(target: URL, message: IncomingMessage, body: Buffer): Promise<Forwarded> {
  const headers = { ...message.headers, host: target.host, 'content-length': String(body.length) };
  return new Promise((resolve, reject) => {
    const outgoing = request(target, { method: message.method, headers }, (answer) => {
      const { statusCode: status = 500, headers: answered } = answer;
      bodyOf(answer).then((whole) => resolve({ status, headers: answered, body: whole }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Stands between the functions and the emulators, and writes down every call. */
export async function startRecorder() {
  const calls: AwsCall[] = [];
  let real: Endpoints | undefined;
  const record = async (message: IncomingMessage, reply: ServerResponse) => {
    const [, name = '', service = '', ...rest] = (message.url ?? '').split('/');
    const path = `/${rest.join('/')}`;
    const action = actionOf(service, message, path);
    const target = new URL(path, real?.[service as keyof Endpoints]);
    const body = await bodyOf(message);
    const table = service === 'dynamodb';
    const answer = await forward(target, message, table ? withCapacity(body) : body);
    const units = table ? unitsOf(action, body, answer) : 0;
    const read = READS.has(action);
    calls.push({
      function: name,
      action: `${NAMES[service]} ${action}`,
      readUnits: read ? units : 0,
      writeUnits: read ? 0 : units,
    });
    // The engine's checksum is of an answer that the function sees unchanged, so headers may pass.
    reply.writeHead(answer.status, answer.headers).end(answer.body);
  };
  const server = createServer((message, reply) => {
    // A service that breaks off breaks off for the function, too.
    record(message, reply).catch(() => message.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    calls,
    endpointsOf(name: string, endpoints: Endpoints): Endpoints {
      real = endpoints;
      const through = (service: string) => `${origin}/${name}/${service}`;
      return {
        ...endpoints,
        dynamodb: through('dynamodb'),
        ses: through('ses'),
        sqs: through('sqs'),
        s3: through('s3'),
        kms: through('kms'),
      };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
