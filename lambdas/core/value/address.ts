import { domainToASCII } from 'node:url';

/** One mailbox as a caller wrote it, taken apart. */
export type Mailbox = {
  /** Display name without quotes; absent when none was written. */
  readonly name?: string;
  /** The bare address as written, `Ada@Example.com`. */
  readonly address: string;
  /** The address as SES takes it: domain in punycode, lower case. */
  readonly ascii: string;
  /** What two spellings of one mailbox share: `ascii` in lower case. */
  readonly key: string;
  /** Domain in punycode, lower case. */
  readonly domain: string;
};

/**
 * A mailbox, or the sentence part that says what is wrong, to follow the field's name. It repeats nothing of what
 * was written: answers are kept and passed on.
 */
export type ParsedMailbox = { readonly mailbox: Mailbox } | { readonly problem: string };

/** RFC 5321 §4.5.3.1: local part 64 octets, domain 255, path 256 including its angle brackets. */
const LOCAL_OCTETS = 64;
const DOMAIN_OCTETS = 255;
const ADDRESS_OCTETS = 254;
/** The longest source or recipient string that SES documents, display name included. */
const MAILBOX_LENGTH = 320;

const DOT_ATOM = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+(\.[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+)*$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** Of ASCII, an internationalized domain holds only what a label does. */
const IDN = /^[A-Za-z0-9.\-\u0080-\uffff]+$/;
/** C0, DEL, C1 and the two Unicode line separators. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for them.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

const WITH_NAME = /^(?<name>.*?)\s*<(?<address>[^<>]*)>$/s;
const QUOTED = /^"(?<text>(?:[^"\\]|\\.)*)"$/s;
const PHRASE_SPECIALS = /[()<>[\]:;@\\,"]/;

/** True when the text holds a character that could end or corrupt a mail header. */
export function hasControlCharacter(text: string): boolean {
  return CONTROL.test(text);
}

/**
 * Reads a full domain name, internationalized or not, into punycode and lower case; nothing is repaired.
 * The problem is worded for the domain of an address.
 */
export function parseDomain(domain: string): { ascii: string } | { problem: string } {
  if (domain === '') return { problem: 'has no domain after the @' };
  if (domain.startsWith('[')) return { problem: 'names an IP address; use a domain name' };
  const ascii = domainToASCII(domain);
  const labels = ascii.split('.');
  const wellFormed = ascii.length <= DOMAIN_OCTETS && labels.every((label) => LABEL.test(label));
  // domainToASCII also repairs (it decodes %-escapes and ends at a slash, say); only its case folding
  // and IDN are wanted.
  const repaired = isAscii(domain) ? ascii !== domain.toLowerCase() : !IDN.test(domain);
  if (!wellFormed || repaired) return { problem: 'has a malformed domain after the @' };
  if (labels.length < 2 || /^[0-9]+$/.test(labels.at(-1) ?? '')) {
    return { problem: `needs a full domain name after the @, such as example.com` };
  }
  return { ascii };
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range starts at NUL.
  return /^[\u0000-\u007f]*$/.test(text);
}

function localProblem(local: string): string | undefined {
  if (local === '') return 'has nothing before the @';
  if (!isAscii(local)) {
    return 'has letters before the @ that SES cannot send to; only ASCII is possible there';
  }
  if (local.startsWith('"')) return 'has a quoted part before the @, which is not supported';
  if (!DOT_ATOM.test(local)) return 'has a malformed part before the @';
  if (local.length > LOCAL_OCTETS) return `has more than ${LOCAL_OCTETS} characters before the @`;
  return undefined;
}

function parseName(written: string): { name?: string } | { problem: string } {
  const quoted = QUOTED.exec(written)?.groups?.text;
  if (quoted !== undefined) return { name: quoted.replace(/\\(.)/gs, '$1') };
  if (PHRASE_SPECIALS.test(written)) {
    return { problem: 'has a display name with special characters; put the name in double quotes' };
  }
  return written === '' ? {} : { name: written };
}

function parseBare(address: string): ParsedMailbox {
  const at = address.lastIndexOf('@');
  if (at < 0) return { problem: 'is not an email address: it has no @' };
  const problem = localProblem(address.slice(0, at));
  if (problem) return { problem };
  const domain = parseDomain(address.slice(at + 1));
  if ('problem' in domain) return domain;
  const ascii = `${address.slice(0, at)}@${domain.ascii}`;
  if (ascii.length > ADDRESS_OCTETS) {
    return { problem: `is longer than ${ADDRESS_OCTETS} characters` };
  }
  return { mailbox: { address, ascii, key: ascii.toLowerCase(), domain: domain.ascii } };
}

/**
 * Reads `ada@example.com` or `Ada <ada@example.com>`; nothing is repaired. The grammar is RFC 5321's
 * dot-atom form with internationalized domains; the display name is RFC 5322's phrase or quoted string,
 * in any script.
 */
export function parseMailbox(written: string): ParsedMailbox {
  if (written === '') return { problem: 'must not be empty' };
  if (hasControlCharacter(written)) {
    return { problem: 'must not contain line breaks or other control characters' };
  }
  if (!written.isWellFormed()) return { problem: 'must be well-formed Unicode' };
  if (written.length > MAILBOX_LENGTH) {
    return { problem: `is longer than ${MAILBOX_LENGTH} characters` };
  }
  const named = WITH_NAME.exec(written)?.groups;
  if (!named) {
    return /[,;]/.test(written)
      ? { problem: 'must hold one address; give several as an array of strings' }
      : parseBare(written);
  }
  const name = parseName(named.name ?? '');
  if ('problem' in name) return name;
  const bare = parseBare(named.address ?? '');
  return 'problem' in bare ? bare : { mailbox: { ...bare.mailbox, ...name } };
}

/** The mailbox of a string that {@link parseMailbox} took before; throws on any other. */
export function mailboxOf(written: string): Mailbox {
  const parsed = parseMailbox(written);
  if ('problem' in parsed) throw new Error('A stored address cannot be read.');
  return parsed.mailbox;
}
