/** A customer of this installation. */
export type Account = {
  /** 24 hex digits. */
  readonly id: string;
  readonly name: string;
  /** Name of a plan in `Plans`. */
  readonly plan: string;
  readonly status: 'active' | 'suspended';
  /** ISO 8601, UTC. */
  readonly createdAt: string;
};

/** Where accounts are kept. */
export type AccountStore = {
  /** With a consistent read: a plan or a suspension counts at once. */
  find(id: string): Promise<Account | undefined>;
  /** Keeps a new account; false when the id exists. */
  create(account: Account): Promise<boolean>;
  /** False when there is no such account. */
  setPlan(id: string, plan: string): Promise<boolean>;
  /** False when there is no such account. */
  setStatus(id: string, status: Account['status']): Promise<boolean>;
  /** Every account of the installation, newest first. */
  list(): Promise<Account[]>;
};
