import type { Dkim } from './dns-records.ts';
import type { Domain } from './domain.ts';

/** What SES knows of a domain. */
export type DomainIdentity = Dkim & {
  /** The account that the identity was made for; undefined when it was not made by Maillayer. */
  readonly account?: string;
  /** `failed`: SES stopped looking for the DNS records, which it does for 72 hours. */
  readonly status: Domain['status'];
};

/** The domains that SES may send from. */
export type DomainIdentities = {
  find(name: string): Promise<DomainIdentity | undefined>;
  /**
   * Makes the identity for an account, or completes one that was made for it before. An identity that is
   * there but not the account's is left alone and given as it is.
   */
  ensure(name: string, account: string): Promise<DomainIdentity>;
  /** Removes an identity, whosever it is; one that is not there is no error. */
  remove(name: string): Promise<void>;
  /** SES's region; the mail server that takes bounces is named after it. */
  region(): Promise<string>;
};
