import { type Header, misfits, resolve, responseOf } from './document.ts';

/** What a function answered; names of headers in lower case. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Parsed; absent where there is none. */
  readonly body?: unknown;
};

const RATE = ['x-ratelimit-limit', 'x-ratelimit-remaining'];
const RETRY = 'retry-after';
/** Headers of an answer that say something of this API. */
const OWN = [...RATE, RETRY, 'idempotent-replayed', 'allow', 'www-authenticate'];

/** What an answer to an operation has that the document does not, and the other way round. */
export function differences(operation: string, { status, headers, body }: Answer): string[] {
  const response = responseOf(operation, status);
  if (!response) return [`${status} is not in the document`];
  const found: string[] = [];
  const described = new Map(
    Object.entries(response.headers).map(([name, header]) => [
      name.toLowerCase(),
      resolve<Header>(header),
    ]),
  );
  for (const name of OWN) {
    const value = headers[name];
    if (value === undefined) continue;
    const schema = described.get(name)?.schema;
    const read = schema?.type === 'integer' ? Number(value) : value;
    found.push(...(schema ? misfits(schema, read) : [`${name} is not in the document`]));
  }
  if ((status === 429) !== RETRY in headers) found.push('Retry-After belongs to a 429');
  if (!response.content) return body === undefined ? found : [...found, 'there is a body'];
  return [...found, ...misfits(response.content['application/json'].schema, body)];
}
