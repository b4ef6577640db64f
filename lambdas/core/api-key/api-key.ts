import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Environment } from '../value/environment.ts';
import { keyId } from '../value/id.ts';
import type { Page, PageQuery } from '../value/page.ts';

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
  /** ISO 8601, UTC, milliseconds. */
  readonly createdAt: string;
  /** A request that it came with, at most {@link USE_STEP} before its latest; absent where none was noted. */
  readonly lastUsedAt?: string;
  readonly revokedAt?: string;
};

/** A key in the count of its account's. */
export type KeyPlace = Pick<ApiKey, 'id' | 'createdAt'>;

/** Where keys are kept. */
export type ApiKeyStore = {
  /** By id, with a consistent read: a revoked key is seen as revoked at once. */
  find(id: string): Promise<ApiKey | undefined>;
  /** Those of the ids that are there, consistent, in no particular order. */
  findAll(ids: readonly string[]): Promise<ApiKey[]>;
  /** Keeps a new key; the same one again changes nothing. */
  create(key: ApiKey): Promise<void>;
  /**
   * False when the account has no such key. Revoking twice is fine. A revoked key's record goes
   * {@link REVOKED_DAYS} later.
   *
   * @param at ISO 8601
   */
  revoke(account: string, id: string, at: string): Promise<boolean>;
  /**
   * Notes that the key was used, unless that was noted less than {@link USE_STEP} before. True when it was
   * written; of several at once one is.
   *
   * @param at ISO 8601
   * @param signal ends the attempt
   */
  noteUse(id: string, at: string, signal: AbortSignal): Promise<boolean>;
  /** All keys of an account, newest first. */
  list(account: string): Promise<ApiKey[]>;
  /** A page of them. */
  page(account: string, query: PageQuery): Promise<Page<ApiKey>>;
};

/**
 * Which keys count against the number that an account may have. One item for each account, so that keys made
 * at the same moment cannot pass the limit together. A key gets its place before it is kept.
 */
export type KeyPlaces = {
  /** True when the key has a place, from now or from before; false when there is no room. */
  take(account: string, place: KeyPlace, limit: number): Promise<boolean>;
  free(account: string, places: readonly KeyPlace[]): Promise<void>;
  /** Consistent read. */
  list(account: string): Promise<KeyPlace[]>;
};

/** A key's use is written at most this often, in milliseconds: once a minute, as docs/api.md says. */
export const USE_STEP = 60_000;

/** Days that a revoked key stays in the list; our own choice, long enough to ask who used it. */
export const REVOKED_DAYS = 30;

/** True when a use at `now` (epoch milliseconds) is noted well enough by what is written. */
export function isUseNoted({ lastUsedAt }: ApiKey, now: number): boolean {
  return lastUsedAt !== undefined && now - Date.parse(lastUsedAt) < USE_STEP;
}

/** False once a revoked key has had its days in the list; the table forgets it some time after that. */
export function isListed({ revokedAt }: ApiKey, now: number): boolean {
  return revokedAt === undefined || now < Date.parse(revokedAt) + REVOKED_DAYS * 86_400_000;
}

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

/** Environment and id of a well-formed key; undefined for garbage, which so costs no read. */
export function readKeyText(text: string): { environment: Environment; id: string } | undefined {
  const parts = FORM.exec(text)?.groups;
  if (!parts) return undefined;
  const environment = parts.environment as Environment;
  return makeKeyText(environment, parts.secret) === text
    ? { environment, id: keyId(text) }
    : undefined;
}
