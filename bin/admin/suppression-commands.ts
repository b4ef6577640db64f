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
    const reason = options.reason ?? 'manual';
    const createdAt = new Date().toISOString();
    await connection.suppressions.add(account.id, { address, reason, createdAt });
    return {
      json: { account: account.id, address, reason, createdAt },
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
    const removed = await connection.suppressions.remove(account.id, address);
    const text = removed
      ? `${address} is no longer suppressed for account ${account.id}.`
      : `${address} was not suppressed for account ${account.id}: nothing changed.`;
    return { json: { account: account.id, address, removed }, text };
  },
};

export const SUPPRESSION_COMMANDS: readonly Command[] = [add, remove];
