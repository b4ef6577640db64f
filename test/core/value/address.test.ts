import { domainToASCII } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { headerMailbox } from '../../../lambdas/core/email/header-text.ts';
import {
  hasControlCharacter,
  mailboxOf,
  parseDomain,
  parseMailbox,
} from '../../../lambdas/core/value/address.ts';

const problemOf = (written: string) => {
  const parsed = parseMailbox(written);
  return 'problem' in parsed ? parsed.problem : undefined;
};

describe('an address', () => {
  it.each([
    ['ada@example.com', undefined, 'ada@example.com'],
    ['Ada@Example.COM', undefined, 'Ada@example.com'],
    ["o'brien+tag@mail.example.co.uk", undefined, "o'brien+tag@mail.example.co.uk"],
    ['a!#$%&*/=?^_`{|}~-@example.com', undefined, 'a!#$%&*/=?^_`{|}~-@example.com'],
    ['ada@bücher.example', undefined, 'ada@xn--bcher-kva.example'],
    ['ada@例え.テスト', undefined, 'ada@xn--r8jz45g.xn--zckzah'],
    ['ada@xn--bcher-kva.example', undefined, 'ada@xn--bcher-kva.example'],
    ['<ada@example.com>', undefined, 'ada@example.com'],
    ['Ada <ada@example.com>', 'Ada', 'ada@example.com'],
    ['Ada<ada@example.com>', 'Ada', 'ada@example.com'],
    ['Dr. Ada K. Lovelace <ada@example.com>', 'Dr. Ada K. Lovelace', 'ada@example.com'],
    ['"Lovelace, Ada" <ada@example.com>', 'Lovelace, Ada', 'ada@example.com'],
    ['"A \\"B\\" \\\\ C" <ada@example.com>', 'A "B" \\ C', 'ada@example.com'],
    ['"a <b@c.example>" <ada@example.com>', 'a <b@c.example>', 'ada@example.com'],
    ['Müller & Söhne <ada@example.com>', 'Müller & Söhne', 'ada@example.com'],
    ['愛 <ada@example.com>', '愛', 'ada@example.com'],
  ])('%s is taken', (written, name, ascii) => {
    const mailbox = mailboxOf(written);
    expect(mailbox.name).toBe(name);
    expect(mailbox.ascii).toBe(ascii);
    expect(mailbox.key).toBe(ascii.toLowerCase());
    expect(mailbox.domain).toBe(ascii.slice(ascii.lastIndexOf('@') + 1));
  });

  it.each([
    ['', 'must not be empty'],
    ['ada', 'has no @'],
    ['@example.com', 'has nothing before the @'],
    ['ada@', 'has no domain after the @'],
    ['ada@example', 'full domain name'],
    ['ada@127.0.0.1', 'full domain name'],
    ['ada@[127.0.0.1]', 'IP address'],
    ['ada@-example.com', 'malformed domain'],
    ['ada@exa_mple.com', 'malformed domain'],
    ['ada@example..com', 'malformed domain'],
    ['ada@example.com.', 'malformed domain'],
    ['ada@example.com ', 'malformed domain'],
    ['ada@ex%61mple.com', 'malformed domain'],
    ['ada@ex%61mplé.com', 'malformed domain'],
    ['ada@é.com/x', 'malformed domain'],
    ['ada@é.com?x', 'malformed domain'],
    ['ada@é.com#x', 'malformed domain'],
    ['ada@é.x\\y', 'malformed domain'],
    ['ada@é.com:80', 'malformed domain'],
    [`ada@${'x'.repeat(64)}.com`, 'malformed domain'],
    ['ada..k@example.com', 'malformed part'],
    ['.ada@example.com', 'malformed part'],
    ['ada @example.com', 'malformed part'],
    [' ada@example.com', 'malformed part'],
    ['a@b@example.com', 'malformed part'],
    ['"ada k"@example.com', 'quoted part'],
    ['ädä@example.com', 'only ASCII'],
    [`${'x'.repeat(65)}@example.com`, 'more than 64 characters'],
    ['ada@example.com, bob@example.com', 'as an array of strings'],
    ['ada@example.com;bob@example.com', 'as an array of strings'],
    ['Lovelace, Ada <ada@example.com>', 'double quotes'],
    ['Ada (home) <ada@example.com>', 'double quotes'],
    ['Ada <ada>', 'has no @'],
    ['Ada <>', 'has no @'],
    [`${'x'.repeat(320)} <ada@example.com>`, 'longer than 320'],
    [
      `${'x'.repeat(64)}@${'y'.repeat(60)}.${'z'.repeat(60)}.${'w'.repeat(60)}.${'v'.repeat(9)}.com`,
      'longer than 254',
    ],
    ['\ud800 <ada@example.com>', 'well-formed Unicode'],
  ])('%j is refused', (written, problem) => {
    expect(problemOf(written)).toContain(problem);
  });

  it.each(['\r\n', '\n', '\r', '\0', '\t', '\u007f', '\u0085', '\u009f', '\u2028', '\u2029'])(
    'is refused with the control character %j in any position',
    (character) => {
      for (const written of [
        `${character}ada@example.com`,
        `ada@example.com${character}`,
        `A${character}B <ada@example.com>`,
        `"A${character}B" <ada@example.com>`,
        `ada@exam${character}ple.com`,
      ]) {
        expect(problemOf(written)).toContain('control characters');
      }
    },
  );

  it('that was never accepted is not quoted by the error for a stored one', () => {
    expect(() => mailboxOf('secret')).toThrow(new Error('A stored address cannot be read.'));
  });
});

describe('a domain', () => {
  it.each(['bücher.example', 'BÜCHER.example'])('%s becomes punycode in lower case', (domain) => {
    expect(parseDomain(domain)).toEqual({ ascii: 'xn--bcher-kva.example' });
  });
});

describe('any text', () => {
  const near = fc
    .tuple(
      fc.oneof(fc.constant(''), fc.string({ unit: 'binary', maxLength: 40 })),
      fc.constantFrom(' ', '', '"'),
      fc.oneof(
        fc.emailAddress(),
        fc.tuple(fc.string(), fc.domain()).map((p) => p.join('@')),
      ),
      fc.boolean(),
    )
    .map(([name, gap, bare, angled]) => (angled ? `${gap}${name}${gap} <${bare}>` : name + bare));

  it('never makes the parser throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), near), (written) => {
        expect(parseMailbox(written)).toBeDefined();
      }),
    );
  });

  it('that is accepted holds no control character and survives being written into a header', () => {
    fc.assert(
      fc.property(near, (written) => {
        const parsed = parseMailbox(written);
        if ('problem' in parsed) return;
        const { mailbox } = parsed;
        const header = headerMailbox(mailbox);
        expect(hasControlCharacter(written)).toBe(false);
        expect(header).toMatch(/^[ -~]+$/);
        // A name may grow past the parser's own limit once it is escaped; its address may not change.
        const address = header.slice(header.lastIndexOf('<') + 1).replace(/>$/, '');
        expect(mailboxOf(address)).toMatchObject({ ascii: mailbox.ascii, key: mailbox.key });
        const again = parseMailbox(header);
        if ('problem' in again) return expect(header.length).toBeGreaterThan(320);
        const ascii = /^[ -~]+$/.test(mailbox.name ?? '');
        if (ascii) expect(again.mailbox.name).toBe(mailbox.name);
      }),
    );
  });

  it('names the same domain as Node does for an internationalized one', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        expect(parseDomain(`ü${domain}`)).toEqual({ ascii: domainToASCII(`ü${domain}`) });
      }),
    );
  });
});
