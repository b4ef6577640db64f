/** The user that an account was made for. */
export type Owner = {
  /** The user's id in the user pool. */
  readonly sub: string;
  /** Absent where it was never read, or was not verified when it was. */
  readonly email?: string;
  /** When the address was last asked for, ISO 8601. */
  readonly emailReadAt?: string;
};

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
  /** Absent for an account that belongs to no user. */
  readonly owner?: Owner;
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
  /** False when there is no such account. */
  setOwner(id: string, owner: Owner): Promise<boolean>;
  /** Every account of the installation, newest first. */
  list(): Promise<Account[]>;
};
