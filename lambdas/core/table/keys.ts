import { createHash } from 'node:crypto';
import type { MonthlyUsage } from '../account/usage.ts';
import type { Environment } from '../api-key/api-key.ts';

/** Primary key of an item. */
export type Key = { readonly pk: string; readonly sk: string };

const account = (id: string) => `account#${id}`;

/** A list's partition; sorted by time. */
export const lists = {
  accounts: () => 'accounts',
  keys: (accountId: string) => `${account(accountId)}#keys`,
  domains: (accountId: string) => `${account(accountId)}#domains`,
  emails: (accountId: string, environment: Environment) =>
    `${account(accountId)}#emails#${environment}`,
  recipient: (accountId: string, environment: Environment, address: string) =>
    `${account(accountId)}#recipient#${environment}#${digest(address)}`,
};

/** Addresses are of unbounded variety and personal: keys hold their digest. */
function digest(address: string): string {
  return createHash('sha256').update(address).digest('hex').slice(0, 32);
}

const emailPartition = (accountId: string, id: string) => `${account(accountId)}#email#${id}`;

/** Every key of the table. */
export const keys = {
  account: (id: string): Key => ({ pk: account(id), sk: 'account' }),
  apiKey: (id: string): Key => ({ pk: `key#${id}`, sk: 'key' }),
  domain: (name: string): Key => ({ pk: `domain#${name}`, sk: 'domain' }),
  suppression: (accountId: string, address: string): Key => ({
    pk: account(accountId),
    sk: `suppression#${address}`,
  }),
  requests: (accountId: string, second: number): Key => ({
    pk: `${account(accountId)}#second#${second}`,
    sk: 'requests',
  }),
  usage: ({ account: accountId, environment, month }: MonthlyUsage): Key => ({
    pk: account(accountId),
    sk: `usage#${environment}#${month}`,
  }),
  email: (accountId: string, id: string): Key => ({
    pk: emailPartition(accountId, id),
    sk: 'email',
  }),
  content: (accountId: string, id: string, fingerprint: string): Key => ({
    pk: emailPartition(accountId, id),
    sk: `content#${fingerprint}`,
  }),
  recipient: (
    accountId: string,
    environment: Environment,
    address: string,
    position: string,
  ): Key => ({ pk: lists.recipient(accountId, environment, address), sk: position }),
  gate: (): Key => ({ pk: 'sending', sk: 'gate' }),
};
