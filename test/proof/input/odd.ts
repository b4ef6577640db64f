import fc from 'fast-check';

const nested = (depth: number, open: string, close: string) =>
  open.repeat(depth) + close.repeat(depth);

/** Text that programs have stumbled over; each character is a UTF-16 unit. */
export const ODD_TEXTS: readonly string[] = [
  ...['', ' ', '\t', '0', '-1', 'null', 'undefined', 'NaN', 'true', '[]', '{}', '\\', '"', "'"],
  ...['\u0000', 'a\u0000b', '\r\n', 'a\r\nBcc: x@example.com', '\u001b[31m', '\u007f', '\u0085'],
  ...[
    '\ud800',
    'a\udc00',
    '\ufeff',
    '\ufeffada@example.com',
    '\ufffe',
    '\uffff',
    '\u2028',
    '\u2029',
  ],
  ...[
    '\u202e',
    '\u200b',
    'e\u0301',
    'ﬃ',
    'İ',
    'ß',
    '👩‍👩‍👧',
    '𝕏',
    '東京',
    'שלום',
    'ａｄａ＠example.com',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '../../etc/passwd',
    '%00',
    '%2e%2e',
    '{7*7}',
    '{{7}}',
  ],
  ...["' OR 1=1 --", '<script>alert(1)</script>', '(a+)+$', '*', '?', '#', '/', '//', '.', '..'],
  ...['ada', 'ada@', '@example.com', 'a@b', 'a@b@c.example', 'ada@example.com,bob@example.com'],
  ...[
    'ada@[127.0.0.1]',
    'ada@xn--a.example',
    'ada@exa mple.com',
    '<ada@example.com',
    'ada@example..com',
  ],
  ...[
    '"ada"@example.com',
    'é@example.com',
    'a@bücher.example',
    'a@👍.example',
    `${'a'.repeat(65)}@example.com`,
  ],
  ...[
    'example',
    'localhost',
    '127.0.0.1',
    '::1',
    'co.uk',
    '*.example.com',
    '-a.example',
    'a_b.example',
  ],
  ...[
    'http://169.254.169.254/latest',
    'https://[::1]/',
    'https://u:p@x.example/',
    'ftp://x.example/',
  ],
  ...[
    'https://x.example:99999/',
    'https://x.example:22/',
    'javascript:alert(1)',
    'https://',
    'https:///x',
  ],
  ...['http://127.0.0.1:1/', 'https://example.com/\r\n', `https://x.example/${'a'.repeat(3000)}`],
  ...[
    '2026-02-30',
    '2026-13-01T00:00:00Z',
    '-1',
    '1e3',
    '0x10',
    '١٢',
    '99999999999999999999',
    '１',
  ],
  ...['live', 'LIVE', 'test', 'full', 'admin', 'email.sent', 'enabled', 'queued', 'TRANSACTIONAL'],
  ...['x'.repeat(65), 'x'.repeat(201), 'x'.repeat(999), 'é'.repeat(400), 'x'.repeat(20_000)],
];

/** Any text, of odd ones most. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...ODD_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
);

/** JSON text of values that no schema of ours has in mind; the last ones are large, and rare. */
const ODD_JSON: readonly string[] = [
  ...['null', 'true', 'false', '0', '-0', '1', '-1', '1.5', '1e308', '1e400', '-1e400', '5e-324'],
  ...[
    '9007199254740993',
    `1${'0'.repeat(400)}`,
    '[]',
    '{}',
    '[[]]',
    '[null]',
    '[{}]',
    '[1,"a",null]',
  ],
  ...['["a","a"]', '["ada@example.com",5]', '{"a":{"b":[]}}', '{"__proto__":{"admin":true}}'],
  ...[
    '{"constructor":{"prototype":{}}}',
    '{"toString":1}',
    '{"length":3}',
    '{"then":1}',
    '{"":""}',
  ],
  ...['"\\ud800"', '"\\u0000"', '"\\u000d\\u000a"', '{"toJSON":1}', '[[[[[[[[[[1]]]]]]]]]]'],
  `[${Array.from({ length: 51 }, (_, i) => `"r${i}@example.com"`).join(',')}]`,
  `[${Array.from({ length: 3000 }, () => '"x"').join(',')}]`,
];

const LARGE_JSON: readonly string[] = [
  nested(2000, '[', ']'),
  nested(100_000, '[', ']'),
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  JSON.stringify('x'.repeat(300_000)),
];

/** JSON text of a value. */
export const oddJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...ODD_JSON) },
  { weight: 60, arbitrary: oddText.map((text) => JSON.stringify(text)) },
  { weight: 20, arbitrary: oddText.map((text) => JSON.stringify([text])) },
  { weight: 20, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 3, arbitrary: fc.constantFrom(...LARGE_JSON) },
);

/** Names of fields and parameters that no schema has. */
export const oddName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then'],
    ...['reply_to', 'Subject', 'TO', 'ccc', 'attachments', 'headers', 'scheduledAt', 'length', ''],
    ...[' to', 'to ', 'to\u0000', 'é', '👍', '\ud800', 'limit', 'cursor', 'id', 'x'.repeat(5000)],
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
