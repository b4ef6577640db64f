import type { Page, PageQuery } from '../value/page.ts';

/** An address that an account does not send to. */
export type Suppression = {
  /** Normalised: lower case, domain in punycode. */
  readonly address: string;
  /** `manual`: added by a person or a program of the account. */
  readonly reason: 'bounced' | 'complained' | 'manual';
  /** For people: SES's subtype, "one of 3 recipients …", or what was given when it was added. */
  readonly detail: string | null;
  /** The email whose event it was; null for a manual one. */
  readonly emailId: string | null;
  /** When it happened: ISO 8601, UTC, milliseconds. */
  readonly createdAt: string;
  /** When it expires: ISO 8601; null for never. */
  readonly expiresAt: string | null;
};

/** Where an account's suppressions are kept. An entry that has ended or was removed counts nowhere. */
export type SuppressionStore = {
  /** Which of up to 50 normalised addresses are suppressed, with a consistent read, in the order asked. */
  findSuppressed(account: string, addresses: readonly string[], now: number): Promise<string[]>;
  /** Consistent read. */
  find(account: string, address: string, now: number): Promise<Suppression | undefined>;
  list(account: string, query: PageQuery, now: number): Promise<Page<Suppression>>;
  /**
   * Adds an entry. Of several about one address the same one stays in whatever order they come: by reason
   * (complained, bounced, manual), then the earliest; of those that expire, which yield to all
   * others, the latest. An event from before the address was last removed does not bring it back.
   */
  add(account: string, suppression: Suppression): Promise<void>;
  /** False when the address was not suppressed. Works at once. `at`: ISO 8601. */
  remove(account: string, address: string, at: string): Promise<boolean>;
};
