import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Change } from './draft.ts';
import { bodyOf, type Draft, type Fields, type Framing, textOf, withHeader } from './draft.ts';
import { oddJson, oddName, oddText } from './odd.ts';

const fieldsOf = ({ body }: Draft): Fields | undefined =>
  body === undefined || Buffer.isBuffer(body) ? undefined : (body as Fields);

/** A change of the fields; a body that has none any more stays as it is. */
const onFields =
  (change: (fields: Fields) => Fields): Change =>
  (draft) => {
    const fields = fieldsOf(draft) ?? (draft.body === undefined ? [] : undefined);
    return fields === undefined ? draft : { ...draft, body: change(fields) };
  };

const onBytes =
  (change: (bytes: Buffer) => Buffer): Change =>
  (draft) => ({ ...draft, body: change(bodyOf(draft) ?? Buffer.from('{}')) });

const onField = (place: number, change: (json: string) => string): Change =>
  onFields((fields) =>
    fields.length === 0
      ? [['to', change('null')]]
      : fields.map(([name, json], i) => [name, i === place % fields.length ? change(json) : json]),
  );

/** JSON text of the same value with something odd in it: at a string's end, or in a list. */
function spoiled(json: string, text: string): string {
  // What another change has nested deeply cannot be read and written here.
  if (json.length > 10_000) return JSON.stringify(text);
  const value: unknown = JSON.parse(json);
  if (typeof value === 'string') return JSON.stringify(value + text);
  if (Array.isArray(value)) return JSON.stringify([...value, text]);
  return JSON.stringify(text);
}

const place = fc.nat({ max: 20 });

const fieldChanges: fc.Arbitrary<Change> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(place, oddJson).map(([at, json]) => onField(at, () => json)) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(place, oddText)
      .map(([at, text]) => onField(at, (json) => spoiled(json, text))),
  },
  {
    weight: 2,
    arbitrary: place.map((at) =>
      onFields((fields) => fields.filter((_, i) => i !== at % Math.max(1, fields.length))),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(oddName, oddJson)
      .map(([name, json]) => onFields((fields) => [...fields, [name, json]])),
  },
  {
    weight: 2,
    // The same field twice, with one value or with another.
    arbitrary: fc.tuple(place, fc.option(oddJson)).map(([at, json]) =>
      onFields((fields) => {
        const [name, own] = fields[at % Math.max(1, fields.length)] ?? ['to', '"x"'];
        return [...fields, [name, json ?? own]];
      }),
    ),
  },
);

const WHOLE = [
  ...['', ' ', 'null', 'true', '5', '"text"', '[]', '[{}]', '{', '}', '{"a":}', '{,}', "{'a':1}"],
  ...['{"a":1,}', '{"a":1}{"b":2}', 'a=1&b=2', '<xml/>', '\u0000', '{"a":NaN}', '{"a":01}', '//'],
  ...['{"a":"\t"}', '{"a":1e}', '{} // x', '\u00a0{}', '{"__proto__":null}', '{"a":"\\x41"}'],
];

const ENCODED: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from(`\ufeff\ufeff${text}`),
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.concat([Buffer.from(text.slice(0, -2)), Buffer.from([0xe9]), Buffer.from('"}')]),
  (text) =>
    Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc0, 0xaf]), Buffer.from(`"}${text}`)]),
  (text) => gzipSync(text),
  (text) => Buffer.from(Buffer.from(text).toString('base64')),
];

const byteChanges: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom(...WHOLE).map((text) => onBytes(() => Buffer.from(text))),
  oddJson.map((json) => onBytes(() => Buffer.from(json))),
  fc.constantFrom(...ENCODED).map((encode) => onBytes((bytes) => encode(bytes.toString()))),
  // One byte is another, wherever it stands.
  fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 255 })).map(([at, byte]) =>
    onBytes((bytes) => {
      const changed = Buffer.from(bytes);
      if (changed.length > 0) changed[at % changed.length] = byte;
      return changed;
    }),
  ),
  fc
    .double({ min: 0, max: 0.99, noNaN: true })
    .map((share) => onBytes((bytes) => bytes.subarray(0, Math.floor(bytes.length * share)))),
);

const gzipped: Change = (draft) =>
  withHeader(
    { ...draft, body: gzipSync(bodyOf(draft) ?? Buffer.from('{}')) },
    'content-encoding',
    'gzip',
  );

const MEGABYTES = [5.1, 7, 10.1];
/** Content over our limit, and bodies over the gateway's two. */
const huge: fc.Arbitrary<Change> = fc.constantFrom(...MEGABYTES).map((size): Change => {
  const text = JSON.stringify('x'.repeat(size * 1024 * 1024));
  return onFields((fields) => [...fields.filter(([name]) => name !== 'html'), ['html', text]]);
});

const FRAMINGS: readonly Framing[] = ['short', 'long', 'cut', 'twice', 'no number'];
const framing: fc.Arbitrary<Change> = fc.constantFrom(...FRAMINGS).map(
  (each): Change =>
    (draft) => ({ ...draft, framing: each }),
);

/** A body where none is looked at. */
const needless: fc.Arbitrary<Change> = fc.oneof(
  oddJson.map((json) => onBytes(() => Buffer.from(json))),
  fc.constantFrom(...WHOLE).map((text) => onBytes(() => Buffer.from(text))),
  fc.tuple(oddName, oddJson).map((field) => onBytes(() => Buffer.from(textOf([field])))),
  framing,
);

/** Changes of the body: of its fields, its bytes, its stated length. */
export function bodyChanges(takesBody: boolean): fc.Arbitrary<Change> {
  if (!takesBody) return needless;
  return fc.oneof(
    { weight: 120, arbitrary: fieldChanges },
    { weight: 40, arbitrary: byteChanges },
    { weight: 6, arbitrary: framing },
    { weight: 4, arbitrary: fc.constant(gzipped) },
    { weight: 1, arbitrary: huge },
  );
}
