/** What ends a line somewhere, or looks like it, or becomes it when it is decoded once too often. */
const BREAKS = [
  ...['\r', '\n', '\r\n', '\n\r', '\r\n ', '\r\n\t', '\u000b', '\u000c', '\u0085', '\u2028'],
  ...['\u2029', '\u0000', '\u001e', '%0d%0a', '\\r\\n', '&#13;&#10;', '=0D=0A', '\u560d\u560a'],
];

/** What somebody would put behind it. */
const PAYLOADS = [
  'Bcc: mallory@example.net',
  'To: mallory@example.net',
  'Subject: Another',
  'Content-Type: text/html\r\n\r\n<b>x</b>',
  'X-Injected: yes',
  '.\r\nQUIT',
];

const word = (encoding: 'b' | 'q', text: string) =>
  encoding === 'b'
    ? `=?utf-8?b?${Buffer.from(text).toString('base64')}?=`
    : `=?utf-8?q?${text.replace(/[^A-Za-z0-9]/g, (sign) => `=${Buffer.from(sign).toString('hex')}`)}?=`;

const OTHERS = [
  // Encoded words, whole and broken: whoever decodes them must not find another header or another address.
  ...['b', 'q'].flatMap((encoding) => [
    word(encoding as 'b' | 'q', 'x\r\nBcc: mallory@example.net'),
    word(encoding as 'b' | 'q', 'mallory@example.net'),
    word(encoding as 'b' | 'q', '<mallory@example.net>, '),
  ]),
  ...[
    '=?utf-8?q??=',
    '=?utf-8?b?====?=',
    '=?x?q?a?=',
    '=?utf-8?q?a',
    '?=',
    '=?',
    '=?utf-8*en?q?a?=',
  ],
  `${word('q', 'a')} ${word('q', 'b')}`,
  // Address syntax.
  ...[
    'a, mallory@example.net',
    'mallory@example.net,',
    ';mallory@example.net',
    '<mallory@example.net>',
  ],
  ...[
    'x <mallory@example.net>',
    '"x" <mallory@example.net>',
    'x> <mallory@example.net',
    '<',
    '>',
    '<>',
  ],
  ...[
    'group: mallory@example.net;',
    'undisclosed-recipients:;',
    '(comment)',
    'a (b <c@example.net>) d',
  ],
  ...[
    '"',
    '""',
    '"\\',
    '\\"',
    '\\',
    '\\\\',
    'a"b',
    '"a" "b"',
    "'",
    ',',
    ';',
    ':',
    '@',
    'a@b',
    '[x]',
    '.',
  ],
  ...[
    'mallory@example.net bob@example.net',
    'mallory@example.net\u3000bob@example.net',
    '@example.net:a@b.example',
  ],
  ...[
    '<script>alert(1)</script>',
    'Doe, Jane',
    'Dr. J. "Jay" Doe',
    'Bcc: mallory@example.net',
    'a:b',
  ],
  // Signs that change how the rest reads, or that some programs fold into others.
  ...[
    '\u202egro.elpmaxe',
    '\u200f\u200e',
    '\u2066x\u2069',
    '\u200b',
    '\ufeff',
    'a\u00adb',
    '\uff0c\uff1c\uff20\uff1e',
  ],
  ...[
    '\u037e',
    '\u2024',
    'e\u0301\u0301\u0301',
    '👩‍👩‍👧',
    '𝓑𝓬𝓬',
    'İı',
    'ﷺ',
    '\ufffe',
    '\uffff',
    '\u00a0',
    '\u3000',
  ],
  // No text at all, and halves of characters.
  ...[
    '',
    ' ',
    '\t',
    '   ',
    '\ud800',
    '\udc00',
    'a\ud83d',
    '\ude00a',
    '\u001b[2J',
    '\u007f',
    '\u0008',
    '\u009b',
  ],
  ...['a\u0000', '\u0000Bcc: x', 'a\tb', ' leading', 'trailing ', 'two  spaces'],
  // Lengths around every limit.
  ...[60, 64, 65, 76, 78, 200, 300, 320, 321, 998, 999, 5000].map((length) => 'x'.repeat(length)),
  ...[20, 75, 249, 250, 333, 998].map((length) => 'é'.repeat(length)),
  'word '.repeat(60).trim(),
  `${'a'.repeat(64)}@example.net`,
  `${'a'.repeat(65)}@example.net`,
  `a@${'b'.repeat(63)}.example`,
  `a@${'b'.repeat(64)}.example`,
];

/** Texts that could end a mail's header, begin another one, or add a recipient; `count` of them, of every kind. */
export function hostileTexts(count: number): string[] {
  const broken = BREAKS.flatMap((ending) => PAYLOADS.map((payload) => `x${ending}${payload}`));
  const all = [...new Set([...OTHERS, ...broken])];
  const step = all.length / Math.min(count, all.length);
  return Array.from(
    { length: Math.min(count, all.length) },
    (_, i) => all[Math.floor(i * step)] ?? '',
  );
}

/** True for what no header may hold, whatever else holds: it must be refused. */
export function mustBeRefused(text: string): boolean {
  return /[\p{Cc}\u2028\u2029]/u.test(text) || !text.isWellFormed();
}
