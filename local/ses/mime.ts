import type { NameValue } from './mail.ts';

/** One MIME entity: its header fields, and its encoded body with CRLF line ends, made when asked for. */
export type Part = { readonly headers: readonly NameValue[]; readonly body: () => string };

const CRLF = '\r\n';
/** RFC 2045 §6.7: most characters of an encoded line. */
const LINE = 76;
/** RFC 2047 §2: an encoded word has at most 75 characters, 12 of them its frame; 4 bytes of base64 carry 3. */
const WORD_BYTES = 45;

export function renderPart({ headers, body }: Part): string {
  const fields = headers.map(({ name, value }) => `${name}: ${value}${CRLF}`).join('');
  return `${fields}${CRLF}${body()}`;
}

export function multipart(subtype: string, boundary: string, parts: readonly Part[]): Part {
  const inner = () =>
    parts.map((part) => `--${boundary}${CRLF}${renderPart(part)}${CRLF}`).join('');
  return {
    headers: [{ name: 'Content-Type', value: `multipart/${subtype}; boundary="${boundary}"` }],
    body: () => `${inner()}--${boundary}--${CRLF}`,
  };
}

export function textPart(subtype: 'plain' | 'html', text: string): Part {
  return {
    headers: [
      { name: 'Content-Type', value: `text/${subtype}; charset=UTF-8` },
      { name: 'Content-Transfer-Encoding', value: 'quoted-printable' },
    ],
    body: () => quotedPrintable(text),
  };
}

/** Base64 in lines of 76. */
export function base64Lines(base64: string): string {
  return (base64.match(/.{1,76}/g) ?? []).join(CRLF);
}

/** A header value as RFC 2047 wants it: left alone when plain and short, else in encoded words. */
export function encodeWords(value: string): string {
  if (/^[!-~]([ -~]{0,68}[!-~])?$/.test(value) && !value.includes('=?')) return value;
  const words: string[] = [];
  let word = '';
  for (const character of value) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  if (word !== '') words.push(word);
  return words
    .map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`)
    .join(`${CRLF} `);
}

/** A MIME parameter; RFC 2231 where the value is not plain ASCII. */
export function parameter(name: string, value: string): string {
  if (/^[ -~]*$/.test(value)) return `${name}="${value.replace(/["\\]/g, '\\$&')}"`;
  const escaped = encodeURIComponent(value).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${name}*=UTF-8''${escaped}`;
}

function quotedPrintable(text: string): string {
  return text
    .split(/\r\n|\n/)
    .map(encodeLine)
    .join(CRLF);
}

function encodeLine(line: string): string {
  const units = [...line].map(encodeCharacter);
  const last = units.at(-1);
  if (last === ' ' || last === '\t') units[units.length - 1] = hex(last);
  const lines: string[] = [];
  let current = '';
  for (const unit of units) {
    if (current.length + unit.length > LINE - 1) {
      lines.push(`${current}=`);
      current = '';
    }
    current += unit;
  }
  return [...lines, current].join(CRLF);
}

function encodeCharacter(character: string): string {
  return /^[\t -<>-~]$/.test(character) ? character : hex(character);
}

function hex(character: string): string {
  return [...Buffer.from(character)]
    .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}
