import { createHash } from 'node:crypto';
import { firstPlan, OPERATOR_PLAN_NAME, type Plans } from '../contract/plans.ts';
import type { Account, AccountStore } from './account.ts';

/** A signed-in user, as a verified access token says. */
export type User = {
  /** The user's id in the user pool, the token's `sub`. */
  readonly id: string;
  /** True for members of the pool's group of operators. */
  readonly operator: boolean;
};

/** Tells whose a token is. */
export type TokenVerifier = {
  /** Undefined for anything but a valid access token; throws where that cannot be found out. */
  verify(token: string): Promise<User | undefined>;
};

/** The id of a user's account: 24 hex digits, always the same for the same user. */
export function accountIdOf(sub: string): string {
  return createHash('sha256').update(`user ${sub}`).digest('hex').slice(0, 24);
}

/** A user's account as it is made: the first plan, an operator's own plan for operators. */
function newAccount({ id: sub, operator }: User, plans: Plans, now: number): Account {
  const id = accountIdOf(sub);
  return {
    id,
    name: `Account ${id.slice(0, 6)}`,
    plan: operator ? OPERATOR_PLAN_NAME : firstPlan(plans),
    status: 'active',
    createdAt: new Date(now).toISOString(),
    owner: { sub },
  };
}

/** What finding a user's account touches. */
export type UserAccountDeps = {
  readonly accounts: Pick<AccountStore, 'find' | 'create' | 'setPlan'>;
  readonly plans: Plans;
  readonly now: () => number;
};

async function findOrCreate(user: User, { accounts, plans, now }: UserAccountDeps) {
  const found = await accounts.find(accountIdOf(user.id));
  if (found) return found;
  const account = newAccount(user, plans, now());
  if (await accounts.create(account)) return account;
  // Another first call was earlier, or this write's answer was lost and the SDK repeated it.
  const made = await accounts.find(account.id);
  if (!made) throw new Error(`Account ${account.id} can be neither made nor found.`);
  return made;
}

/**
 * The account of a user, made at the first call. Whoever is an operator has the operators' plan, also where
 * that was decided after the account was made.
 */
export async function accountOfUser(user: User, deps: UserAccountDeps): Promise<Account> {
  const account = await findOrCreate(user, deps);
  if (!user.operator || account.plan === OPERATOR_PLAN_NAME) return account;
  await deps.accounts.setPlan(account.id, OPERATOR_PLAN_NAME);
  return { ...account, plan: OPERATOR_PLAN_NAME };
}
