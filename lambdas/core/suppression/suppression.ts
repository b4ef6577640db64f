/** An address that an account does not send to. */
export type Suppression = {
  /** Normalised: lower case, domain in punycode. */
  readonly address: string;
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
};

/** Where an account's suppressions are kept. */
export type SuppressionStore = {
  /** Which of up to 50 normalised addresses are suppressed, with a consistent read, in the order asked. */
  findSuppressed(account: string, addresses: readonly string[]): Promise<string[]>;
  add(account: string, suppression: Suppression): Promise<void>;
  /** False when the address was not suppressed. */
  remove(account: string, address: string): Promise<boolean>;
};
