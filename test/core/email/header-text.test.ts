import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { headerMailbox } from '../../../lambdas/core/email/header-text.ts';
import { mailboxOf } from '../../../lambdas/core/value/address.ts';

const named = (name: string) => headerMailbox({ ...mailboxOf('ada@bücher.example'), name });
const ADDRESS = 'ada@xn--bcher-kva.example';

function decode(phrase: string): string {
  const words = phrase.split(' ').map((word) => /^=\?UTF-8\?B\?(.*)\?=$/.exec(word)?.[1] ?? '!');
  return words.map((word) => Buffer.from(word, 'base64').toString('utf8')).join('');
}

describe('a mailbox in a header', () => {
  it('without a name is the bare address in ASCII', () => {
    expect(headerMailbox(mailboxOf('ada@bücher.example'))).toBe(ADDRESS);
    expect(named('')).toBe(ADDRESS);
  });

  it('carries an ASCII name as a quoted string', () => {
    expect(named('Ada')).toBe(`"Ada" <${ADDRESS}>`);
    expect(named('A "B" \\ C, D')).toBe(`"A \\"B\\" \\\\ C, D" <${ADDRESS}>`);
  });

  it('carries any other name as encoded words', () => {
    expect(named('Zoë')).toBe(`=?UTF-8?B?Wm/Dqw==?= <${ADDRESS}>`);
  });

  it('carries a name that looks like an encoded word as what was written, because readers decode quoted ones too', async () => {
    // With a line break, a header and an address in it, once it is decoded.
    for (const name of [
      '=?utf-8?q?x=0d=0aBcc:_mallory=40example.net?=',
      '=?utf-8?b?PG1hbGxvcnlAZXhhbXBsZS5uZXQ+LCA=?=',
      'a =?x?q?b?= c',
      '=?',
    ]) {
      const mail = `From: ${named(name)}\r\n\r\n`;
      const { from } = await simpleParser(mail);
      expect(from?.value.map((each) => each.name)).toEqual([name]);
    }
  });

  it('splits a long name into words of at most 75 characters, never inside a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        const name = `é${text}`;
        const phrase = named(name).slice(0, -` <${ADDRESS}>`.length);
        expect(decode(phrase)).toBe(name);
        for (const word of phrase.split(' ')) expect(word.length).toBeLessThanOrEqual(75);
      }),
    );
  });
});
