import { describe, expect, it } from '@jest/globals';
import type { Account, AccountStore, Owner } from '../../../lambdas/core/account/account.ts';
import { withOwner } from '../../../lambdas/core/account/owner.ts';
import { accountIdOf, accountOfUser } from '../../../lambdas/core/account/user.ts';
import { DEFAULT_PLANS } from '../../../lambdas/core/contract/plans.ts';
import { pricingWarning } from '../../../lambdas/core/sending/pricing.ts';
import { anAccount, NOW, only } from '../email/fakes.ts';

const USER = { id: 'a-user', operator: false };
const OPERATOR = { id: 'a-user', operator: true };

/** Accounts in memory. `lost`: another call makes each one first, and then it is shown or not. */
function accounts(kept: Account | undefined, race?: { shows: Account | undefined }) {
  const plans: string[] = [];
  let finds = 0;
  const store = only<AccountStore>('accounts', {
    find: async () => {
      finds += 1;
      return finds > 1 && race ? race.shows : kept;
    },
    create: async () => race === undefined,
    setPlan: async (_, plan) => plans.push(plan) > 0,
  });
  return { plans, deps: { accounts: store, plans: DEFAULT_PLANS, now: () => NOW } };
}

describe('the account of a user', () => {
  it('is made at the first call: on the first plan, active, with the user as its owner', async () => {
    const id = accountIdOf(USER.id);
    expect(id).toMatch(/^[0-9a-f]{24}$/);
    expect(await accountOfUser(USER, accounts(undefined).deps)).toEqual({
      id,
      name: `Account ${id.slice(0, 6)}`,
      plan: 'Free',
      status: 'active',
      createdAt: '2026-11-23T05:50:00.250Z',
      owner: { sub: 'a-user' },
    });
  });

  it('is the one that another first call made meanwhile', async () => {
    const made = anAccount({ name: 'Made by the other' });
    const { deps } = accounts(undefined, { shows: made });
    expect(await accountOfUser(USER, deps)).toEqual(made);
  });

  it('is an error where it can be neither made nor found', async () => {
    const { deps } = accounts(undefined, { shows: undefined });
    await expect(accountOfUser(USER, deps)).rejects.toThrow(
      `Account ${accountIdOf(USER.id)} can be neither made nor found.`,
    );
  });

  it('of an operator is moved to the operators’ plan, once', async () => {
    const first = accounts(anAccount());
    const moved = await accountOfUser(OPERATOR, first.deps);
    expect([moved.plan, first.plans]).toEqual(['Operator', ['Operator']]);
    const then = accounts(moved);
    expect(await accountOfUser(OPERATOR, then.deps)).toBe(moved);
    expect(then.plans).toEqual([]);
  });
});

describe('the address of an owner', () => {
  const ago = (seconds: number) => new Date(NOW - 1000 * seconds).toISOString();
  async function reads(owner: Owner | undefined) {
    const kept: Owner[] = [];
    let read = 0;
    const store = only<AccountStore>('accounts', {
      setOwner: async (_, given) => kept.push(given) > 0,
    });
    const verifiedEmail = async () => {
      read += 1;
      return undefined;
    };
    const account = anAccount(owner && { owner });
    const deps = { accounts: store, directory: { verifiedEmail }, now: () => NOW };
    const answer = await withOwner({ account, user: USER }, 'token', deps);
    return { read, kept, answer };
  }
  const email = 'ada@example.org';

  it.each<[string, Owner | undefined, number]>([
    ['there is no owner yet', undefined, 1],
    ['it was never read', { sub: 'a-user' }, 1],
    ['it was there without a time', { sub: 'a-user', email }, 1],
    ['it was not there a minute ago', { sub: 'a-user', emailReadAt: ago(60) }, 1],
    ['it is a day old', { sub: 'a-user', email, emailReadAt: ago(24 * 3600) }, 1],
    ['it was not there less than a minute ago', { sub: 'a-user', emailReadAt: ago(59) }, 0],
    ['it is not a day old', { sub: 'a-user', email, emailReadAt: ago(24 * 3600 - 1) }, 0],
  ])('is read, or not, where %s', async (_, owner, times) => {
    expect((await reads(owner)).read).toBe(times);
  });

  it('that is not verified is kept as missing, with the time at which that was seen', async () => {
    const { kept, answer } = await reads({ sub: 'a-user', email, emailReadAt: ago(24 * 3600) });
    const owner = { sub: 'a-user', emailReadAt: '2026-11-23T05:50:00.250Z' };
    expect(kept).toEqual([owner]);
    expect(kept[0]).not.toHaveProperty('email');
    expect(answer.owner).toEqual(owner);
  });
});

describe('a pricing plan of SES', () => {
  it.each([
    [undefined],
    [{ plan: 'NONE' }],
    [{ plan: 'NONE', next: 'ESSENTIALS' }],
    [{ plan: 'ESSENTIALS', next: 'NONE' }],
  ])('%j needs no warning', (pricing) => {
    expect(pricingWarning(pricing)).toBeNull();
  });

  it('that costs more is named, with the way out of it', () => {
    expect(pricingWarning({ plan: 'ESSENTIALS' })).toMatch(
      /^Amazon SES charges this AWS account \$0\.16 for .* Essentials\. .* "aws sesv2 put-account-pricing-attributes --plan NONE"/,
    );
    expect(pricingWarning({ plan: 'PRO' })).toMatch(
      /^Amazon SES charges this AWS account by the pricing plan PRO, which .* --plan NONE"/,
    );
  });
});
