import type { Account, AccountStore, Owner } from './account.ts';
import type { User } from './user.ts';

/** Where users' addresses are. */
export type UserDirectory = {
  /**
   * The user's address, or undefined where it is not verified.
   *
   * @param token the user's own access token
   */
  verifiedEmail(token: string): Promise<string | undefined>;
};

/** A verified address is asked for again after a day (our own choice: people rarely change it). */
const KNOWN_FOR = 24 * 60 * 60 * 1000;
/** Until there is a verified one it is asked for this often, in milliseconds: its owner waits for it. */
const MISSING_FOR = 60 * 1000;

/** True when the owner's address need not be read at `now` (epoch milliseconds). */
function isFresh({ email, emailReadAt }: Owner, now: number): boolean {
  const good = email === undefined ? MISSING_FOR : KNOWN_FOR;
  return emailReadAt !== undefined && now - Date.parse(emailReadAt) < good;
}

/** What keeping an owner's address touches. */
export type OwnerDeps = {
  readonly accounts: Pick<AccountStore, 'setOwner'>;
  readonly directory: UserDirectory;
  readonly now: () => number;
};

/**
 * The account of a signed-in user with its owner's address, read with the user's token where it is missing or
 * old. Throws where it cannot be read or kept.
 */
export async function withOwner(
  { account, user }: { readonly account: Account; readonly user: User },
  token: string,
  { accounts, directory, now }: OwnerDeps,
): Promise<Account> {
  if (account.owner && isFresh(account.owner, now())) return account;
  const email = await directory.verifiedEmail(token);
  const owner: Owner = {
    sub: user.id,
    ...(email === undefined ? {} : { email }),
    emailReadAt: new Date(now()).toISOString(),
  };
  await accounts.setOwner(account.id, owner);
  return { ...account, owner };
}
