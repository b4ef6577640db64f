/** A header as it goes over the wire: each character is one byte. */
export type Header = readonly [name: string, value: string];

/** How the body's stated length stands to what is sent. */
export type Framing =
  | 'right'
  /** `Content-Length` says less than there is. */
  | 'short'
  /** It says more, and the connection ends. */
  | 'long'
  /** Half of the body is sent, and the connection ends. */
  | 'cut'
  /** It is there twice, with two values. */
  | 'twice'
  /** It is no number. */
  | 'no number';

/** The fields of a JSON object in order, each with its JSON text: one may stand there twice. */
export type Fields = readonly (readonly [name: string, json: string])[];

/** One HTTP request before it becomes bytes, so that any place of it can be changed. */
export type Draft = {
  readonly method: string;
  /** Percent-encoded as it is sent. */
  readonly path: string;
  /** Names and values, percent-encoded as they are sent. */
  readonly query: readonly (readonly [string, string])[];
  readonly headers: readonly Header[];
  readonly body?: Fields | Buffer;
  readonly framing: Framing;
};

/** Names of the keys that requests come with. */
export type KeyName = 'live' | 'test' | 'operator' | 'send' | 'bound';

/** The text of a JSON object. */
export function textOf(fields: Fields): string {
  return `{${fields.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}

/** The bytes of a draft's body; none where it has no body. */
export function bodyOf({ body }: Pick<Draft, 'body'>): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(textOf(body as Fields));
}

/** What stands between method and version in the first line. */
export function targetOf({ path, query }: Pick<Draft, 'path' | 'query'>): string {
  const text = query.map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join('&');
  return text === '' ? path : `${path}?${text}`;
}

/** The value of a header, the first where it is there more than once. */
export function headerOf({ headers }: Pick<Draft, 'headers'>, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** The draft with other values of one header, which may be none. */
export function withHeader(draft: Draft, name: string, ...values: readonly string[]): Draft {
  const others = draft.headers.filter(([each]) => each.toLowerCase() !== name);
  return { ...draft, headers: [...others, ...values.map((value): Header => [name, value])] };
}

/** Characters of a request that a report repeats. */
const SHOWN = 600;

/** The request for people, shortened. */
export function describe(draft: Draft): string {
  const headers = draft.headers.map(([name, value]) => `${name}: ${value}`).join('; ');
  const body = bodyOf(draft)?.toString('latin1') ?? 'no body';
  const text = `${draft.method} ${targetOf(draft)} [${headers}] ${draft.framing} ${body}`;
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length})` : text);
}

/** What changes need to know besides the request: credentials and cursors that exist elsewhere. */
export type Elsewhere = {
  readonly credentials: readonly string[];
  readonly cursors: readonly string[];
};

/** Changes one place of a request. */
export type Change = (draft: Draft, elsewhere: Elsewhere) => Draft;
