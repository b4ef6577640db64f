import type { Account } from '../../lambdas/core/account/account.ts';
import { accountIdOf } from '../../lambdas/core/account/user.ts';
import { randomId } from '../../lambdas/core/value/id.ts';
import { AdminError } from './admin-error.ts';
import type { Answer, Command, Given } from './command.ts';
import { checkPlan } from './plan-names.ts';
import { checkAccountId, checkName, checkSub, findAccount } from './values.ts';

const create: Command = {
  words: 'account create',
  required: ['name', 'plan'],
  optional: ['id', 'user'],
  summary:
    'Creates an account; with --user, the account of a user of the user pool. An existing account stays as it is.',
  async run({ accounts }, { options, needed }) {
    const account: Account = {
      id: idOf(options),
      name: checkName(needed('name')),
      plan: await checkPlan(needed('plan')),
      status: 'active',
      createdAt: new Date().toISOString(),
      ...(options.user === undefined ? {} : { owner: { sub: options.user } }),
    };
    if (await accounts.create(account)) {
      return answer({ ...account }, `Made account ${account.id} on plan ${account.plan}.`);
    }
    const found = (await accounts.find(account.id)) ?? account;
    return answer(found, `Account ${found.id} (${found.name}) already exists: nothing changed.`);
  },
};

/** @throws AdminError for an id of another form, or where a user's account is to have one of its own */
function idOf({ id, user }: Given['options']): string {
  if (user === undefined) return id === undefined ? randomId() : checkAccountId(id);
  if (id === undefined) return accountIdOf(checkSub(user));
  throw new AdminError("The id of a user's account follows from --user: omit --id.");
}

const answer = (account: Account, text: string): Answer => ({ json: { ...account }, text });

const plan: Command = {
  words: 'account plan',
  required: ['account', 'plan'],
  summary: 'Moves an account to another plan; its limits apply at once.',
  async run(connection, { needed }) {
    const account = await findAccount(connection, needed('account'));
    const name = await checkPlan(needed('plan'));
    await connection.accounts.setPlan(account.id, name);
    return answer({ ...account, plan: name }, `Account ${account.id} is on plan ${name}.`);
  },
};

const setStatus = (words: string, status: Account['status'], summary: string): Command => ({
  words,
  required: ['account'],
  summary,
  async run(connection, { needed }) {
    const account = await findAccount(connection, needed('account'));
    await connection.accounts.setStatus(account.id, status);
    return answer({ ...account, status }, `Account ${account.id} is ${status}.`);
  },
});

export const ACCOUNT_COMMANDS: readonly Command[] = [
  create,
  plan,
  setStatus('account suspend', 'suspended', 'Suspends an account: it can no longer send.'),
  setStatus('account resume', 'active', 'Lets a suspended account send again.'),
];
