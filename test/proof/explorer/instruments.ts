import { AsyncLocalStorage } from 'node:async_hooks';
import crypto from 'node:crypto';
import { Readable } from 'node:stream';
import zlib from 'node:zlib';
import { CREDENTIALS } from '../../../local/emulators/clients.ts';
import { REGION } from '../../../local/template/aws.ts';
import type { Customer } from './customer.ts';
import type { Engines } from './engines.ts';
import { type Handler, type Host, type Program, packageOf } from './program.ts';
import type { Owner, VirtualTime } from './virtual-time.ts';

/** One attempt or one whole call, to be let through or not. */
export type Pass = {
  /** Numbers a call and lets it befall what shall. */
  call<Result>(what: string, tries: number, work: () => Promise<Result>): Promise<Result>;
  /** Lets one try of the SDK's go out. */
  attempt<Result>(work: () => Promise<Result>): Promise<Result>;
};

/** What a function's environment is made of. */
export type InstrumentOptions = {
  readonly engines: Engines;
  readonly time: VirtualTime;
  readonly owner: Owner;
  readonly pass: Pass;
  readonly random: () => number;
  readonly customer: Customer;
  readonly env: Readonly<Record<string, string>>;
};

type Args = { readonly input: object };
type Next = (args: Args) => Promise<unknown>;
type Context = { readonly commandName?: string };
type Stack = {
  add(middleware: unknown, options: object): void;
  addRelativeTo(middleware: unknown, options: object): void;
};
type ClientClass = new (
  config: object,
) => { readonly middlewareStack: Stack; readonly config: object };

/** Service → the engine that stands for it. */
const CLIENTS: Readonly<Record<string, readonly [name: string, host: string]>> = {
  '@aws-sdk/client-dynamodb': ['DynamoDB', 'dynamodb'],
  '@aws-sdk/client-sqs': ['SQS', 'messaging'],
  '@aws-sdk/client-s3': ['S3', 'messaging'],
  '@aws-sdk/client-kms': ['KMS', 'kms'],
  '@aws-sdk/client-sesv2': ['SES', 'ses'],
};

/** Signs nothing: the engines check no signature, and it would be a tenth of a run's time. */
const UNSIGNED = {
  async sign(request: { headers: Record<string, string> }) {
    const authorization = 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=local';
    Object.assign(request.headers, { authorization, 'x-amz-date': '20260115T103000Z' });
    return request;
  },
};

type HttpHandler = { handle(request: unknown, options: unknown): Promise<unknown> };

/** Where calls are being made: what they go through, and the HTTP handler of each client. */
type Place = { readonly pass: Pass; readonly handlers: Map<string, HttpHandler> };

const placing = new AsyncLocalStorage<Place>();

function placeInHand(): Place {
  const place = placing.getStore();
  if (!place) throw new Error('A call was made outside of an environment.');
  return place;
}

/** Clients by service and tries, for one run: to make one takes as long as several calls. */
const clients = new Map<string, object>();

/** Forgets what clients remember, such as how many tries they have left in a while. */
export function forgetClients(): void {
  clients.clear();
}

/** The client's class, whose instances number each call and each try of it. */
function numbered(specifier: string, engines: Engines, handlers: Place['handlers']) {
  const [service = '', host = ''] = CLIENTS[specifier] ?? [];
  const given = packageOf(specifier) as Record<string, unknown>;
  const name = Object.keys(given).find((key) => /^[A-Z]\w+Client$/.test(key)) ?? '';
  const Base = given[name] as ClientClass;

  function open(key: string, config: object, tries: number): object {
    const endpoint = engines.endpointOf(host as 'ses');
    const fixed = { region: REGION, credentials: CREDENTIALS, endpoint, signer: UNSIGNED };
    const requestHandler = {
      // Each environment's own one, which knows the deadline of what that environment is doing.
      handle: (request: unknown, options: unknown) =>
        placeInHand().handlers.get(key)?.handle(request, options),
      httpHandlerConfigs: () => ({}),
      updateHttpClientConfig: () => undefined,
      metadata: { handlerProtocol: 'http/1.1' },
    };
    const client = new Base({ ...config, ...fixed, requestHandler });
    client.middlewareStack.add(
      (next: Next, { commandName = '' }: Context) =>
        (args: Args) => {
          const what = `${service} ${commandName.replace('Command', '')}`;
          return placeInHand().pass.call(what, tries, () => next(args));
        },
      { step: 'initialize', priority: 'high', name: 'numberedCall' },
    );
    client.middlewareStack.addRelativeTo(
      (next: Next) => (args: Args) => placeInHand().pass.attempt(() => next(args)),
      { relation: 'after', toMiddleware: 'retryMiddleware', name: 'numberedAttempt' },
    );
    return client;
  }

  // Called with `new`: what it returns is the instance.
  function Numbered(config: ClientConfig): object {
    const key = `${service} ${config.maxAttempts}`;
    handlers.set(key, config.requestHandler);
    const client = clients.get(key) ?? open(key, config, config.maxAttempts);
    clients.set(key, client);
    return client;
  }
  return { ...given, [name]: Numbered };
}

type ClientConfig = { readonly maxAttempts: number; readonly requestHandler: HttpHandler };
type Posted = {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
};

/** undici's client, as far as the way out uses it: one POST, which counts as a call. */
function clientOf({ pass, customer }: InstrumentOptions) {
  return class Client {
    request({ headers, body }: Posted) {
      return pass.call('POST webhook', 1, async () => {
        const { status, headers: answered } = customer.post(headers, body);
        return { statusCode: status, headers: answered, body: Readable.from([Buffer.from('ok')]) };
      });
    }
    async destroy(): Promise<void> {}
  };
}

function cryptoOf(random: () => number) {
  const randomBytes = (size: number) =>
    Buffer.from(Array.from({ length: size }, () => Math.floor(random() * 256)));
  return { ...crypto, randomBytes };
}

/** Compression at once: a thread of its own would end at a moment that no two runs share. */
const zlibNow = {
  ...zlib,
  brotliCompress: (data: Buffer, options: object, done: (e: null, r: Buffer) => void) =>
    done(null, zlib.brotliCompressSync(data, options)),
  brotliDecompress: (data: Buffer, done: (e: null, r: Buffer) => void) =>
    done(null, zlib.brotliDecompressSync(data)),
};

/** A function's handler in an environment of its own, evaluated anew. */
export function openHandler(program: Program, options: InstrumentOptions): Handler {
  const handlers: Place['handlers'] = new Map();
  const handler = program(hostFor(options, handlers));
  return (event, context) =>
    placing.run({ pass: options.pass, handlers }, () => handler(event, context));
}

/** The world as one execution environment of a function sees it. */
function hostFor(options: InstrumentOptions, handlers: Place['handlers']): Host {
  const { engines, time, owner, random, env } = options;
  const replaced = new Map<string, unknown>([
    [
      'node:timers/promises',
      { setTimeout: (milliseconds: number) => time.sleep(owner, milliseconds) },
    ],
    ['node:crypto', cryptoOf(random)],
    ['node:zlib', zlibNow],
    ['@smithy/node-http-handler', { NodeHttpHandler: engines.Handler }],
    ['undici', { Client: clientOf(options) }],
  ]);
  class VirtualDate extends Date {
    constructor(...given: [] | [string | number | Date]) {
      if (given.length === 0) super(time.now());
      else super(...given);
    }
    static override now(): number {
      return time.now();
    }
  }
  const own = Object.create(Math, { random: { value: random } });
  return {
    require(specifier) {
      if (!replaced.has(specifier) && specifier in CLIENTS) {
        replaced.set(specifier, numbered(specifier, engines, handlers));
      }
      return replaced.get(specifier) ?? packageOf(specifier);
    },
    env,
    Date: VirtualDate as DateConstructor,
    Math: own,
    setTimeout: (fire: () => void, milliseconds = 0) =>
      time.at(owner, time.now() + milliseconds, fire),
    clearTimeout: (timer?: { cancel(): void }) => timer?.cancel(),
  };
}
