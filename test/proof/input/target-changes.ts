import fc from 'fast-check';
import type { Change } from './draft.ts';
import { ODD_TEXTS, oddName, oddText } from './odd.ts';

/** Node's server takes 16 KB of first line and headers; API Gateway 10 KB, of which this leaves room for the rest. */
const MOST_ENCODED = 5000;
/** A half of a character becomes the mark that stands for it: a URL cannot carry one. */
const encode = (text: string) => {
  const encoded = encodeURIComponent(text.toWellFormed());
  return encoded.length > MOST_ENCODED ? 'x'.repeat(MOST_ENCODED) : encoded;
};

/** Percent-encoded text, and text whose encoding is wrong. */
const encoded: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: oddText.map(encode) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...['%', '%2', '%zz', '%c3', '%ff', '%c0%af', '%ed%a0%80', '%00', '%u0041', '%252F', '%25'],
      ...['%2F', '%2e%2e', '%2e', '%5c', '%0d%0a', '%20', '+', '%E2%80%A8', ';a=b', '*', '~', "'"],
    ),
  },
);

/** Ids of other kinds of things, and such that are nearly right. */
const IDS = [
  ...[
    '0'.repeat(24),
    'f'.repeat(24),
    'F'.repeat(24),
    '0'.repeat(23),
    '0'.repeat(25),
    'g'.repeat(24),
  ],
  ...['0'.repeat(64), '0'.repeat(63), `msg_${'0'.repeat(9)}_${'0'.repeat(24)}`, 'msg_', 'req_0_0'],
  ...['665f1a2b-3c4d-5e6f-7a8b-9c0d00000000', '1', '-1', 'openapi.json', 'deliveries', 'content'],
];

const segment = fc.oneof(
  encoded,
  fc.constantFrom(...IDS),
  fc.constantFrom(...ODD_TEXTS).map(encode),
);

type PathChange = (parts: readonly string[]) => readonly string[];
const onPath =
  (change: PathChange): Change =>
  (draft) => ({ ...draft, path: change(draft.path.split('/')).join('/') });

const swapAt =
  (place: number, text: string): PathChange =>
  (parts) =>
    parts.map((part, i) => (i === place ? text : part));

/** The path is longer, shorter, or written in another way. */
const wholePath: fc.Arbitrary<PathChange> = fc.oneof(
  segment.map(
    (text): PathChange =>
      (parts) => [...parts, text],
  ),
  fc.constantFrom<PathChange>(
    (parts) => [...parts, ''],
    (parts) => parts.slice(0, -1),
    (parts) => ['', ...parts],
    (parts) => [...parts.slice(0, 2), '', ...parts.slice(2)],
    (parts) => parts.map((part) => part.toUpperCase()),
    (parts) => parts.map((part) => part.replace('e', '%65')),
    (parts) => [...parts, '.'],
    (parts) => [...parts, '..'],
    (parts) => parts.map((part) => (part === 'v1' ? 'v2' : part)),
    (parts) => [parts.join('%2F').replace('%2F', '/')],
  ),
  fc
    .tuple(fc.integer({ min: 1, max: 6 }), segment)
    .map(([place, text]): PathChange => swapAt(place, text)),
);

/** Changes of a path: of one of its parameters where it has some, else of all of it. */
export function pathChanges(template: string): fc.Arbitrary<Change> {
  const places = template.split('/').flatMap((part, i) => (part.startsWith('{') ? [i] : []));
  const whole = wholePath.map(onPath);
  if (places.length === 0) return whole;
  const parameter = fc
    .tuple(fc.constantFrom(...places), segment)
    .map(([place, text]) => onPath(swapAt(place, text)));
  return fc.oneof({ weight: 4, arbitrary: parameter }, { weight: 1, arbitrary: whole });
}

const NAMES = [
  'limit',
  'cursor',
  'environment',
  'status',
  'tag',
  'recipient',
  'after',
  'before',
  'days',
];
const name = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 2, arbitrary: oddName.map(encode) },
);

/** Cursors that were never given. */
const cursor = fc.oneof(
  fc.constantFrom('', 'e30', 'bnVsbA', 'W10', '%', 'x'.repeat(3000)),
  fc.json().map((text) => Buffer.from(text.toWellFormed()).toString('base64url')),
  fc
    .record({ list: fc.string(), position: fc.string() })
    .map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
);

const plus = (given: fc.Arbitrary<readonly [string, string]>): fc.Arbitrary<Change> =>
  given.map(
    (pair): Change =>
      (draft) => ({ ...draft, query: [...draft.query.filter(([each]) => each !== pair[0]), pair] }),
  );

/** Changes of one parameter of the query: another value, one that is not known, one that is there twice. */
export const queryChanges: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: plus(fc.tuple(name, encoded)) },
  { weight: 2, arbitrary: plus(cursor.map((text) => ['cursor', text])) },
  {
    weight: 1,
    arbitrary: fc.nat({ max: 20 }).map(
      (place): Change =>
        (draft, { cursors }) => ({
          ...draft,
          query: [...draft.query, ['cursor', cursors[place % cursors.length] ?? '']],
        }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(name, encoded, encoded).map(
      ([twice, one, other]): Change =>
        (draft) => ({ ...draft, query: [...draft.query, [twice, one], [twice, other]] }),
    ),
  },
);
