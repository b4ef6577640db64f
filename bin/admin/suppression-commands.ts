import type { Suppression } from '../../lambdas/core/suppression/suppression.ts';
import type { Command } from './command.ts';
import { findAccount, suppressedAddress } from './values.ts';

const add: Command = {
  words: 'suppression add',
  argument: 'ADDRESS',
  required: ['account'],
  optional: ['reason'],
  summary: 'Stops an account from sending to an address.',
  async run(connection, { argument, options, needed }) {
    const address = suppressedAddress(argument);
    const account = await findAccount(connection, needed('account'));
    const suppression: Suppression = {
      address,
      reason: 'manual',
      detail: options.reason ?? null,
      emailId: null,
      createdAt: new Date().toISOString(),
      expiresAt: null,
    };
    await connection.suppressions.add(account.id, suppression);
    return {
      json: { account: account.id, ...suppression },
      text: `${address} is suppressed for account ${account.id}.`,
    };
  },
};

const remove: Command = {
  words: 'suppression remove',
  argument: 'ADDRESS',
  required: ['account'],
  summary: 'Lets an account send to an address again.',
  async run(connection, { argument, needed }) {
    const address = suppressedAddress(argument);
    const account = await findAccount(connection, needed('account'));
    const at = new Date().toISOString();
    const removed = await connection.suppressions.remove(account.id, address, at);
    const text = removed
      ? `${address} is no longer suppressed for account ${account.id}.`
      : `${address} was not suppressed for account ${account.id}: nothing changed.`;
    return { json: { account: account.id, address, removed }, text };
  },
};

export const SUPPRESSION_COMMANDS: readonly Command[] = [add, remove];
