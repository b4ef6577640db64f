import type { Mailbox } from '../value/address.ts';

/** RFC 2047 §2: an encoded word has at most 75 characters; 45 bytes of text make 60 of base64. */
const BYTES_PER_WORD = 45;

function chunks(text: string): string[] {
  const parts: string[] = [''];
  for (const character of text) {
    const last = parts.length - 1;
    const longer = parts[last] + character;
    if (Buffer.byteLength(longer) > BYTES_PER_WORD) parts.push(character);
    else parts[last] = longer;
  }
  return parts;
}

function encodedWords(text: string): string {
  return chunks(text)
    .map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`)
    .join(' ');
}

/** A name as RFC 5322's quoted string. */
const quoted = (name: string) => `"${name.replace(/(["\\])/g, '\\$1')}"`;

/** ASCII in which nobody finds an encoded word: many programs decode those of a quoted string, too. */
const isPlain = (name: string) => /^[ -~]*$/.test(name) && !name.includes('=?');

/**
 * The mailbox as SES's API takes it in a header: a plain name as a quoted string, any other as
 * encoded words (RFC 2047), because SES passes display names on unchanged.
 */
export function headerMailbox(mailbox: Mailbox): string {
  const { name, ascii } = mailbox;
  if (name === undefined || name === '') return ascii;
  const phrase = isPlain(name) ? quoted(name) : encodedWords(name);
  return `${phrase} <${ascii}>`;
}

/** The mailbox as in the header, with its name decoded, for people. */
export function readableMailbox({ name, ascii }: Mailbox): string {
  return name === undefined || name === '' ? ascii : `${quoted(name)} <${ascii}>`;
}
