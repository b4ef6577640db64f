import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { type Service, startHttpService } from '../service.ts';
import { fromApi, kept } from './api-origin.ts';
import { fromBucket, type OriginAnswer, withValues } from './bucket-origin.ts';
import { type Behaviour, behaviourFor, type Distribution } from './distribution.ts';
import type { EdgeRequest, EdgeResponse, EdgeResult } from './edge-function.ts';
import { ErrorCache } from './error-cache.ts';
import { LIVE_BASE, type LivePage, relayUpgrades } from './live-page.ts';

/** What a distribution's server works with. */
export interface Serving {
  readonly distribution: Distribution;
  readonly s3: S3Client;
  /** The HTTP API's, without a slash at the end. */
  readonly apiUrl: string;
  /** Put into `config.json` on its way, because they hold on this machine only. */
  readonly configuration: object;
  /** Takes the place of the page that the bucket has. @default none */
  readonly live?: LivePage | undefined;
}

type Running = Serving & { readonly errors: ErrorCache };

/** The running server. */
export interface DistributionServer extends Service {
  /** Serves this; until then every request is answered 503. */
  serve(serving: Serving): void;
}

/** How long requests under way may take to be answered when the system stops. */
const STOP_WITHIN_MS = 2000;

/** The object that the dashboard's distribution answers every path with that names no file. */
const PAGE = '/index.html';

const failure = (status: number, sentence: string): OriginAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${sentence}\n`,
});

/**
 * Opens the port of a distribution like CloudFront's, on 127.0.0.1.
 *
 * @param port 0 chooses a free one
 * @throws StartError when the port cannot be had
 */
export async function startDistribution(port: number): Promise<DistributionServer> {
  let serving: Running | undefined;
  const listener = (message: IncomingMessage, response: ServerResponse) => {
    answer(message, response, serving).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else write(response, failure(502, `The origin cannot be reached: ${String(error)}`), message);
    });
  };
  const service = await startHttpService(listener, {
    port,
    option: '--dashboard-port',
    stopWithin: STOP_WITHIN_MS,
    onUpgrade: relayUpgrades(async () => serving?.live?.url),
  });
  return {
    ...service,
    serve: (given) => {
      serving = { ...given, errors: new ErrorCache(given.distribution.errorSeconds) };
    },
  };
}

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  serving: Running | undefined,
): Promise<void> {
  if (serving === undefined) return write(response, failure(503, 'It is starting.'), message);
  const [path = '/'] = (message.url ?? '/').split('?');
  const behaviour = behaviourFor(serving.distribution, path);
  if (behaviour === undefined || !behaviour.methods.includes(message.method ?? '')) {
    const sentence = 'This distribution does not allow the method of this request here.';
    return write(response, failure(403, sentence), message);
  }
  const result = await atEdge(message, path, behaviour);
  if (result === undefined) {
    return write(response, failure(503, 'The function at the edge failed.'), message);
  }
  if ('response' in result) return write(response, edgeAnswer(result.response), message);
  const { uri } = result.request;
  if (behaviour.origin.kind === 'api') {
    const { apiUrl: url, errors } = serving;
    return relay(message, response, { url, errors, behaviour, uri });
  }
  const live = await liveTarget(serving, { path, uri });
  if (live !== undefined) return relay(message, response, { ...live, behaviour });
  const found = await object(message, { serving, bucket: behaviour.origin.bucket, uri });
  write(response, withHeaders(found, behaviour), message);
}

/** The request as the behaviour's function leaves it; undefined when that failed. */
async function atEdge(
  message: IncomingMessage,
  uri: string,
  { onRequest }: Behaviour,
): Promise<EdgeResult | undefined> {
  const request = edgeRequest(message, uri);
  if (onRequest === undefined) return { request };
  try {
    return await onRequest(request, message.socket.remoteAddress ?? '127.0.0.1');
  } catch {
    return undefined;
  }
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html */
function edgeRequest(message: IncomingMessage, uri: string): EdgeRequest {
  const [, query = ''] = (message.url ?? '').split('?');
  const single = (entries: Iterable<readonly [string, string]>) =>
    Object.fromEntries([...entries].map(([name, value]) => [name, { value }]));
  return {
    method: message.method ?? 'GET',
    uri,
    querystring: single(new URLSearchParams(query)),
    headers: single(
      Object.entries(message.headersDistinct).map(([name, values = []]) => [
        name,
        values.join(','),
      ]),
    ),
    cookies: {},
  };
}

function edgeAnswer(given: EdgeResponse): OriginAnswer {
  const headers = Object.entries(given.headers).map(([name, { value }]) => [name, value]);
  const body = typeof given.body === 'string' ? given.body : given.body.data;
  return { status: given.statusCode, headers: Object.fromEntries(headers), body };
}

async function object(
  message: IncomingMessage,
  { serving, bucket, uri }: { serving: Serving; bucket: string; uri: string },
): Promise<OriginAnswer> {
  const { s3, distribution, configuration } = serving;
  const key = uri === '/' ? distribution.rootObject : decoded(uri.slice(1));
  const found = await fromBucket(s3, {
    bucket,
    key,
    ifNoneMatch: message.headers['if-none-match'],
  });
  return key === 'config.json' ? withValues(found, configuration) : found;
}

/** Where the page's sources answer this; undefined for what the bucket has. */
async function liveTarget(
  { live, distribution }: Serving,
  { path, uri }: { readonly path: string; readonly uri: string },
): Promise<{ readonly url: string; readonly uri: string } | undefined> {
  const isSource = path.startsWith(LIVE_BASE);
  const isPage = (uri === '/' ? `/${distribution.rootObject}` : uri) === PAGE;
  const url = isSource || isPage ? await live?.url : undefined;
  if (url === undefined) return undefined;
  return { url, uri: isSource ? path : `${LIVE_BASE}${PAGE.slice(1)}` };
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

type Relayed = {
  readonly url: string;
  /** Errors that are kept; the page from its sources has none. */
  readonly errors?: ErrorCache;
  readonly behaviour: Behaviour;
  readonly uri: string;
};

async function relay(
  message: IncomingMessage,
  response: ServerResponse,
  { url, errors, behaviour, uri }: Relayed,
): Promise<void> {
  const method = message.method ?? '';
  const known = errors?.find(method, uri);
  if (known !== undefined) return write(response, known, message);
  const query = (message.url ?? '').split('?').slice(1).join('?');
  const target = query === '' ? uri : `${uri}?${query}`;
  const origin = await fromApi(message, { url, target });
  const { headers } = withHeaders(
    { status: 0, headers: kept(origin.headersDistinct), body: '' },
    behaviour,
  );
  const status = origin.statusCode ?? 502;
  if (errors?.keeps(method, status)) {
    const error = { status, headers, body: await buffer(origin) };
    errors.keep(uri, error);
    return write(response, error, message);
  }
  response.writeHead(status, { ...headers } as Record<string, string[]>);
  await pipeline(origin, response);
}

/** The answer with the headers of the behaviour's policy. */
function withHeaders(found: OriginAnswer, { headers }: Behaviour): OriginAnswer {
  const added = headers.filter(
    ({ name, override }) => override || !Object.hasOwn(found.headers, name),
  );
  const entries = added.map(({ name, value }) => [name, value] as const);
  return { ...found, headers: { ...found.headers, ...Object.fromEntries(entries) } };
}

function write(response: ServerResponse, answer: OriginAnswer, message: IncomingMessage): void {
  const { status, headers, body } = answer;
  const length = status === 304 ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  response.writeHead(status, { ...headers, ...length } as Record<string, string>);
  response.end(message.method === 'HEAD' ? undefined : body);
}
