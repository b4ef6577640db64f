import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RunningFunction } from '../functions/pool.ts';
import type { InvocationResult } from '../functions/protocol.ts';
import { readBody, type Service, startHttpService } from '../service.ts';
import { toEvent } from './event.ts';
import { gatewayResponse, type HttpResponse, toResponse } from './response.ts';
import { matchRoute, type Route } from './routes.ts';

/** What a route invokes, and how long it may take. */
export interface Integration {
  readonly function: RunningFunction;
  readonly timeoutMs: number;
}

/** The running HTTP API. */
export interface HttpApi extends Service {
  /** Serves these routes; until then every request is answered 503. */
  serve(routes: readonly Route<Integration>[]): void;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html: 10 MB. */
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

/** Lambda's limit for the JSON text of a synchronous event. */
const LARGEST_EVENT_BYTES = 6_291_456;

/** How long requests under way may take to be answered when the system stops. */
const STOP_WITHIN_MS = 2000;

/**
 * Opens the port of an HTTP API like API Gateway's, on 127.0.0.1.
 *
 * @param port 0 chooses a free one
 * @throws StartError when the port cannot be had.
 */
export async function startHttpApi(port: number): Promise<HttpApi> {
  let routes: readonly Route<Integration>[] | undefined;
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, routes).then(
      (result) => write(response, result),
      () => {
        // A caller that is gone cannot be answered, and there is nothing to do.
        if (!request.destroyed) write(response, gatewayResponse(500, 'Internal Server Error'));
      },
    );
  };
  // API Gateway closes a connection that was idle for 60 s.
  const door = { port, option: '--port', keepAlive: 60_000, stopWithin: STOP_WITHIN_MS };
  const service = await startHttpService(listener, door);
  return {
    ...service,
    serve: (given) => {
      routes = given;
    },
  };
}

async function answer(
  message: IncomingMessage,
  routes: readonly Route<Integration>[] | undefined,
): Promise<HttpResponse> {
  const { pathname, search } = targetOf(message.url ?? '/');
  const body = await readBody(message, LARGEST_BODY_BYTES);
  // Both with the text of API Gateway, as Amazon's own emulator has it:
  // https://github.com/aws/aws-lambda-dotnet/pull/1990
  if (body === undefined) return gatewayResponse(413, 'Request Entity Too Large');
  if (routes === undefined) return gatewayResponse(503, 'Service Unavailable');
  const path = decodePath(pathname);
  if (path === undefined) return gatewayResponse(400, 'Bad Request');
  const route = matchRoute(routes, message.method ?? 'GET', path);
  if (route === undefined) return gatewayResponse(404, 'Not Found');
  const request = { message, path, rawQueryString: search.slice(1), body };
  const event = JSON.stringify(toEvent(request, route, new Date()));
  if (Buffer.byteLength(event) > LARGEST_EVENT_BYTES) {
    return gatewayResponse(413, 'Request Entity Too Large');
  }
  return call(route.target, event);
}

async function call({ function: target, timeoutMs }: Integration, event: string) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeoutMs);
  });
  const result: InvocationResult | undefined = await Promise.race([target.invoke(event), late]);
  clearTimeout(timer);
  return result === undefined ? gatewayResponse(503, 'Service Unavailable') : toResponse(result);
}

/** The target of a request; one that begins with two slashes is a path, too, and names no host. */
function targetOf(url: string): URL {
  return url.startsWith('/') ? new URL(`http://localhost${url}`) : new URL(url, 'http://localhost');
}

/** API Gateway hands paths to functions decoded: https://github.com/middleapi/standard-server/pull/93 */
function decodePath(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}

function write(response: ServerResponse, { status, headers, cookies, body }: HttpResponse): void {
  const length = Buffer.byteLength(body);
  response.writeHead(status, {
    ...headers,
    ...(cookies.length > 0 ? { 'set-cookie': [...cookies] } : {}),
    ...(status === 204 || status === 304 ? {} : { 'content-length': length }),
  });
  response.end(body);
}
