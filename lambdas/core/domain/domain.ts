/** A sending domain, claimed by one account. */
export type Domain = {
  /** Punycode, lower case. */
  readonly name: string;
  readonly account: string;
  readonly status: 'pending' | 'verified' | 'failed';
  /** SES's three Easy DKIM tokens. */
  readonly dkimTokens: readonly string[];
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly verifiedAt?: string;
};

/** Where domains are kept. */
export type DomainStore = {
  /** By name, with a consistent read. */
  find(name: string): Promise<Domain | undefined>;
  /** Claims a name; false when it is claimed, by whomever. */
  claim(domain: Domain): Promise<boolean>;
  /** Keeps the tokens that SES gave; false when the account does not hold the claim. */
  setTokens(account: string, name: string, tokens: readonly string[]): Promise<boolean>;
  /** False when the account does not hold the claim. */
  setVerified(account: string, name: string, at: string): Promise<boolean>;
  /** All domains of an account, newest first. */
  list(account: string): Promise<Domain[]>;
};

/** True when `account` may send from the domain. */
export function maySendFrom(domain: Domain | undefined, account: string): boolean {
  return domain?.account === account && domain.status === 'verified';
}

/** The CNAME records that prove the domain, as the contract words them. */
export function dkimRecords(domain: Domain): { name: string; type: 'CNAME'; value: string }[] {
  return domain.dkimTokens.map((token) => ({
    name: `${token}._domainkey.${domain.name}`,
    type: 'CNAME',
    value: `${token}.dkim.amazonses.com`,
  }));
}
