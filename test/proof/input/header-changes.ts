import fc from 'fast-check';
import { makeKeyText } from '../../../lambdas/core/api-key/api-key.ts';
import type { Change, Elsewhere } from './draft.ts';
import { headerOf, withHeader } from './draft.ts';
import { oddText } from './odd.ts';

/** Bytes that a header's value may hold by what Node's server takes; of other text the UTF-8 bytes, one for one. */
function headerText(text: string): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they end a header, or the request.
  return bytes.replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, '').slice(0, 4000);
}

const valueText = oddText.map(headerText);

/** A well-formed key that nobody has. */
const unknownKey = fc
  .tuple(fc.constantFrom('live' as const, 'test' as const), fc.stringMatching(/^[0-9A-Za-z]{30}$/))
  .map(([environment, secret]) => makeKeyText(environment, secret));

const token = fc
  .tuple(fc.base64String(), fc.base64String(), fc.base64String())
  .map((parts) => parts.join('.'));

const FORMS: readonly ((credential: string) => string)[] = [
  (credential) => credential,
  (credential) => `bearer ${credential}`,
  (credential) => `BEARER   ${credential}`,
  (credential) => `Bearer${credential}`,
  (credential) => `Bearer ${credential} `,
  (credential) => `Bearer ${credential} x`,
  (credential) => `Bearer ${credential}x`,
  (credential) => `Bearer ${credential.slice(0, -1)}`,
  (credential) => `Bearer ${credential.toUpperCase()}`,
  (credential) => `Bearer "${credential}"`,
  (credential) => `Bearer ${credential},Bearer ${credential}`,
  (credential) => `Basic ${Buffer.from(`${credential}:`).toString('base64')}`,
  (credential) => `Bearer ${encodeURIComponent(credential).replace('_', '%5F')}`,
];

const authorization: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>((draft) => withHeader(draft, 'authorization')),
  fc.oneof(unknownKey, token, valueText).map(
    (credential): Change =>
      (draft) =>
        withHeader(draft, 'authorization', `Bearer ${credential}`),
  ),
  valueText.map(
    (text): Change =>
      (draft) =>
        withHeader(draft, 'authorization', text),
  ),
  // Keys that are there, for something else, and one that was revoked.
  fc.nat({ max: 20 }).map(
    (place): Change =>
      (draft, { credentials }: Elsewhere) =>
        withHeader(draft, 'authorization', `Bearer ${credentials[place % credentials.length]}`),
  ),
  fc.constantFrom(...FORMS).map(
    (form): Change =>
      (draft) => {
        const [, own = ''] = (headerOf(draft, 'authorization') ?? 'Bearer none').split(' ');
        return withHeader(draft, 'authorization', form(own));
      },
  ),
  // Twice: the same, or another.
  fc.option(unknownKey).map(
    (other): Change =>
      (draft) => {
        const own = headerOf(draft, 'authorization') ?? '';
        const second = other === null ? own : `Bearer ${other}`;
        return withHeader(draft, 'authorization', own, second);
      },
  ),
);

const TYPES = [
  ...['text/plain', 'application/xml', 'application/json; charset=latin1', 'multipart/form-data'],
  ...[
    'application/x-www-form-urlencoded',
    'image/png',
    '',
    'application/json; charset=utf-16',
    '*',
  ],
];
const NAMED: readonly (readonly [name: string, value: string])[] = [
  ...TYPES.map((type) => ['content-type', type] as const),
  ...['gzip', 'br', 'identity', 'x'].map((value) => ['content-encoding', value] as const),
  ...['text/html', '*/*;q=0', 'application/xml'].map((value) => ['accept', value] as const),
  ['expect', '100-continue'],
  ['if-none-match', '*'],
  ['if-modified-since', 'yesterday'],
  ['range', 'bytes=0-0'],
  ['origin', 'https://attacker.example'],
  ['x-http-method-override', 'DELETE'],
  ['x-forwarded-for', '127.0.0.1, ::1'],
  ['x-forwarded-host', 'attacker.example'],
  ['cookie', 'a=b; __proto__=c; ;='],
  ['__proto__', 'x'],
  ['constructor', 'x'],
  ['x-long', 'x'.repeat(8000)],
];

const others: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom(...NAMED).map(
    ([name, value]): Change =>
      (draft) =>
        withHeader(draft, name, value),
  ),
  fc
    .tuple(fc.stringMatching(/^[!#$%&'*+.^_`|~0-9a-z-]{1,20}$/), valueText)
    .filter(([name]) => !['host', 'connection', 'content-length', 'upgrade'].includes(name))
    .map(
      ([name, value]): Change =>
        (draft) =>
          withHeader(draft, name, value),
    ),
);

const idempotency: fc.Arbitrary<Change> = fc.oneof(
  valueText.map(
    (text): Change =>
      (draft) =>
        withHeader(draft, 'idempotency-key', text),
  ),
  fc.constantFrom('one key for many', 'x'.repeat(256), 'x'.repeat(257), '\u00e9', '').map(
    (text): Change =>
      (draft) =>
        withHeader(draft, 'idempotency-key', text),
  ),
  fc.constant<Change>((draft) => withHeader(draft, 'idempotency-key', 'a', 'b')),
);

/** Changes of the headers, most of them of who calls. */
export const headerChanges: fc.Arbitrary<Change> = fc.oneof(
  { weight: 5, arbitrary: authorization },
  { weight: 3, arbitrary: others },
  { weight: 2, arbitrary: idempotency },
);
