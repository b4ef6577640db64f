import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Which world a key and its mail belong to. */
export type Environment = 'live' | 'test';
/** `send`: post, and read the state by id. `full`: every route. */
export type Scope = 'send' | 'full';

/** What is kept of a key; its text is shown once and never stored. */
export type ApiKey = {
  /** SHA-256 of the key's text, 64 hex digits: its id, and where it is found. */
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly environment: Environment;
  readonly scope: Scope;
  /** The only domain that the key may send from and see mail of. */
  readonly domain?: string;
  /** Last four characters of the text, for people to tell keys apart. */
  readonly last4: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly revokedAt?: string;
};

/** Where keys are kept. */
export type ApiKeyStore = {
  /** By id, with a consistent read: a revoked key is seen as revoked at once. */
  find(id: string): Promise<ApiKey | undefined>;
  /** Keeps a new key; the same one again changes nothing. */
  create(key: ApiKey): Promise<void>;
  /** False when the account has no such key. Revoking twice is fine. */
  revoke(account: string, id: string, at: string): Promise<boolean>;
  /** All keys of an account, newest first. */
  list(account: string): Promise<ApiKey[]>;
};

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_LENGTH = 30;
const CHECKSUM_LENGTH = 6;
const FORM = /^ml_(?<environment>live|test)_(?<secret>[0-9A-Za-z]{30})(?<checksum>[0-9A-Za-z]{6})$/;

function base62(value: number, length: number): string {
  let rest = value;
  let digits = '';
  for (let i = 0; i < length; i += 1) {
    digits = ALPHABET.charAt(rest % ALPHABET.length) + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}

function randomSecret(): string {
  const digit = () => ALPHABET.charAt(randomInt(ALPHABET.length));
  return Array.from({ length: SECRET_LENGTH }, digit).join('');
}

/**
 * The text of a key: `ml_live_` or `ml_test_`, 30 base62 characters, and the CRC-32 of all before it in
 * 6 base62 digits.
 *
 * @param secret 30 base62 characters; random when absent
 */
export function makeKeyText(environment: Environment, secret: string = randomSecret()): string {
  const body = `ml_${environment}_${secret}`;
  return body + base62(crc32(body), CHECKSUM_LENGTH);
}

/** The id under which a key's text is kept. */
export function keyId(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Environment and id of a well-formed key; undefined for garbage, which so costs no read. */
export function readKeyText(text: string): { environment: Environment; id: string } | undefined {
  const parts = FORM.exec(text)?.groups;
  if (!parts) return undefined;
  const environment = parts.environment as Environment;
  return makeKeyText(environment, parts.secret) === text
    ? { environment, id: keyId(text) }
    : undefined;
}
