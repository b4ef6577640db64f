import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import inject from 'light-my-request';

/** What answers requests, as Node's HTTP server calls it. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** A request as the SDK hands it to its HTTP handler. */
type SdkRequest = {
  readonly hostname: string;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
};

type SdkOptions = { readonly abortSignal?: { readonly aborted: boolean } | undefined };

function urlOf({ path, query = {} }: SdkRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each ?? '']),
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}

function aborted(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}

type SdkResponse = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Uint8Array;
};

const lowerCase = (headers: SdkRequest['headers']) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** A request to what speaks HTTP by the book. */
async function askServer(listener: Listener, request: SdkRequest): Promise<SdkResponse> {
  const { body = '' } = request;
  const { statusCode, headers, rawPayload } = await inject(listener as never, {
    method: request.method as 'POST',
    url: urlOf(request),
    headers: { ...request.headers },
    payload: typeof body === 'string' ? body : Buffer.from(body),
  });
  return { statusCode, headers, body: new Uint8Array(rawPayload) };
}

/**
 * A request to the table engine, which needs no more of one than this. Three quarters of a run's calls go there;
 * by way of streams a run took a sixth longer.
 */
function askTable(listener: Listener, request: SdkRequest): Promise<SdkResponse> {
  const { method, path: url, body = '' } = request;
  return new Promise((resolve) => {
    const message = new EventEmitter();
    Object.assign(message, { method, url, headers: lowerCase(request.headers) });
    const headers: Record<string, unknown> = {};
    const response = {
      statusCode: 200,
      setHeader(name: string, value: unknown) {
        headers[name.toLowerCase()] = value;
      },
      end(text: string) {
        resolve({ statusCode: response.statusCode, headers, body: Buffer.from(text) });
      },
    };
    listener(message as never, response as never);
    message.emit('data', typeof body === 'string' ? Buffer.from(body) : body);
    message.emit('end');
  });
}

/**
 * The SDK's HTTP handler without sockets: a request goes to what listens at its host name. As the handler of
 * `@smithy/node-http-handler` it can be extended and heeds an abort signal.
 *
 * @param listeners host name → what answers there
 * @param tableHost which of them is the table engine
 */
export function inProcessHandler(listeners: ReadonlyMap<string, Listener>, tableHost: string) {
  return class NodeHttpHandler {
    readonly metadata = { handlerProtocol: 'http/1.1' };

    async handle(request: SdkRequest, { abortSignal }: SdkOptions = {}) {
      if (abortSignal?.aborted) throw aborted();
      const listener = listeners.get(request.hostname);
      if (!listener) throw new Error(`Nothing listens at ${request.hostname}.`);
      const ask = request.hostname === tableHost ? askTable : askServer;
      return { response: await ask(listener, request) };
    }

    destroy(): void {}
    updateHttpClientConfig(): void {}
    httpHandlerConfigs() {
      return {};
    }
  };
}
