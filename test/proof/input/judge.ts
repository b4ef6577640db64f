import { matchRoute } from '../../../local/http/routes.ts';
import {
  type Header,
  misfits,
  OPERATIONS,
  type Operation,
  type Response,
  resolve,
  type Schema,
} from '../../openapi/document.ts';
import { bodyOf, type Draft, headerOf, targetOf } from './draft.ts';
import type { Answer } from './wire.ts';

const ROUTES = OPERATIONS.map(({ routeKey, operation }) => ({ routeKey, target: operation }));
const PATHS = [...new Set(OPERATIONS.map(({ path }) => path))];

const RATE = ['x-ratelimit-limit', 'x-ratelimit-remaining'];
/** Headers of an answer that say something of this API. */
const OWN = [...RATE, 'retry-after', 'idempotent-replayed', 'allow', 'www-authenticate'];

/** The gateway's limits (docs/local.md, "HTTP"); an event is the request with its body as a JSON string. */
const LARGEST_BODY = 10 * 1024 * 1024;
const LARGEST_EVENT = 6_291_456;

/** Where a request leads, by the document. */
export type Destination =
  | { readonly kind: 'operation'; readonly operation: Operation }
  /** The path is there for other methods. */
  | { readonly kind: 'other method' }
  | { readonly kind: 'nowhere' }
  /** The path's encoding is wrong: the gateway's own 400. */
  | { readonly kind: 'undecodable' };

/** Where a request leads, by the document's paths. */
export function destinationOf(draft: Draft): Destination {
  let path: string;
  try {
    // A target is a path, whatever it begins with.
    path = decodeURIComponent(new URL(`http://localhost${targetOf(draft)}`).pathname);
  } catch {
    return { kind: 'undecodable' };
  }
  const route = matchRoute(ROUTES, draft.method, path);
  if (route) return { kind: 'operation', operation: route.target };
  const any = PATHS.map((each) => ({ routeKey: `ANY ${each}`, target: each }));
  return matchRoute(any, draft.method, path) ? { kind: 'other method' } : { kind: 'nowhere' };
}

const named = (name: string) => resolve<Response>({ $ref: `#/components/responses/${name}` });

function documented(destination: Destination, status: number): Response | undefined {
  if (destination.kind === 'operation') {
    const found = destination.operation.responses[status];
    return found && resolve<Response>(found);
  }
  if (status === 429) return named('RateLimitExceeded');
  if (status === 405 && destination.kind === 'other method') return named('MethodNotAllowed');
  return status === 404 && destination.kind === 'nowhere' ? named('NotFound') : undefined;
}

function headerProblems(answer: Answer, response: Response): string[] {
  const described = new Map(
    Object.entries(response.headers).map(([name, header]) => [
      name.toLowerCase(),
      resolve<Header>(header).schema,
    ]),
  );
  return OWN.flatMap((name) => {
    const value = answer.headers[name];
    if (value === undefined) return [];
    const schema = described.get(name);
    if (!schema) return [`its header ${name} is not documented`];
    const read = schema.type === 'integer' ? Number(value) : value;
    return misfits(schema, read).map((problem) => `its header ${name}${problem}`);
  });
}

/** Headers that an answer of this status must have. */
function missingHeaders({ status, headers }: Answer, isSecured: boolean): string[] {
  const wanted = [
    ...(isSecured && status !== 401 ? RATE : []),
    ...(status === 401 ? ['www-authenticate'] : []),
    ...(status === 405 ? ['allow'] : []),
    ...(status === 429 ? ['retry-after'] : []),
  ];
  return wanted.filter((name) => !(name in headers)).map((name) => `it lacks the header ${name}`);
}

function bodyProblems({ headers, body }: Answer, { content }: Response, isHead: boolean): string[] {
  if (isHead) return [];
  if (!content) return body === '' ? [] : ['it has a body'];
  if (headers['content-type'] !== 'application/json; charset=utf-8')
    return ['its type is not JSON'];
  try {
    return misfits(content['application/json'].schema, JSON.parse(body));
  } catch {
    return ['its body is no JSON'];
  }
}

/** An answer that only the gateway gives, and only then. */
function isGateways(draft: Draft, { status, body }: Answer, destination: Destination): boolean {
  // Node's HTTP server, to what is no HTTP; several changes together can leave a path of nothing.
  const isHttp = draft.framing === 'right' && targetOf(draft).startsWith('/');
  if (status === 400 && body === '' && !isHttp) return true;
  const says = (message: string) =>
    body === (draft.method === 'HEAD' ? '' : JSON.stringify({ message }));
  if (status === 400 && destination.kind === 'undecodable') return says('Bad Request');
  if (status !== 413 || !says('Request Entity Too Large')) return false;
  const bytes = bodyOf(draft) ?? Buffer.alloc(0);
  const escaped = JSON.stringify(bytes.toString('base64')).length;
  return bytes.length > LARGEST_BODY || escaped > LARGEST_EVENT - 4096;
}

/** Types of bodies in which the gateway itself replaces what is no UTF-8 (docs/local.md, "HTTP"). */
const TEXT = /^(text\/|application\/(json|xml|javascript)(;|\s|$))/i;

/** The value of a body, read as docs/api.md says; undefined if it is not JSON. */
function jsonIn(draft: Draft): unknown {
  try {
    const bytes = bodyOf(draft) ?? Buffer.alloc(0);
    const fatal = !TEXT.test(headerOf(draft, 'content-type') ?? '');
    const text = new TextDecoder('utf-8', { fatal }).decode(bytes);
    return text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a request that was taken has that its operation's document does not allow. */
function excess(draft: Draft, { requestBody, parameters }: Operation): string[] {
  const allowed = parameters.filter((each) => each.in === 'query');
  const query = new URLSearchParams(targetOf(draft).split('?')[1] ?? '');
  const fromQuery =
    allowed.length === 0
      ? []
      : [...new Set(query.keys())].flatMap((name) => {
          const schema = allowed.find((each) => each.name === name)?.schema;
          if (!schema) return [`it took the parameter ${name}`];
          const text = query.getAll(name).join(',');
          return misfits(schema, schema.type === 'integer' ? Number(text) : text);
        });
  if (!requestBody || draft.framing !== 'right') return fromQuery;
  const schema: Schema = requestBody.content['application/json'].schema;
  const fromBody = misfits(schema, jsonIn(draft)).map(
    (problem) => `it took a body that is ${problem}`,
  );
  return [...fromQuery, ...fromBody];
}

/** What is wrong with the answer to a request; nothing where the document foresees it. */
export function problemsOf(draft: Draft, answer: Answer): string[] {
  const destination = destinationOf(draft);
  if (isGateways(draft, answer, destination)) return [];
  const response = documented(destination, answer.status);
  if (!response) return [`its status ${answer.status} is not documented (${destination.kind})`];
  const operation = destination.kind === 'operation' ? destination.operation : undefined;
  const isSecured = operation !== undefined && operation.security?.length !== 0;
  return [
    ...(answer.status >= 500 ? [`its status is ${answer.status}`] : []),
    ...headerProblems(answer, response),
    ...missingHeaders(answer, isSecured),
    ...bodyProblems(answer, response, draft.method === 'HEAD'),
    ...(operation && answer.status < 300 ? excess(draft, operation) : []),
  ];
}
