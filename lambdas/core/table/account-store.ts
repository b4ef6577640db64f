import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Account, AccountStore } from '../account/account.ts';
import { getItem, type Item } from './items.ts';
import { keys, lists } from './keys.ts';
import { listAll } from './list-by-time.ts';
import { ifConditionHolds, type Table } from './table.ts';

function toAccount(item: Item): Account {
  const { id, name, plan, status, createdAt, owner } = item as Account;
  return { id, name, plan, status, createdAt, ...(owner ? { owner } : {}) };
}

/** Accounts on the table. */
export function accountStore(table: Table): AccountStore {
  const set = async (id: string, attribute: 'plan' | 'status' | 'owner', value: unknown) => {
    const write = new UpdateCommand({
      TableName: table.name,
      Key: keys.account(id),
      UpdateExpression: 'SET #a = :v',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#a': attribute },
      ExpressionAttributeValues: { ':v': value },
    });
    return (await ifConditionHolds(table.client.send(write))) !== undefined;
  };
  return {
    async find(id) {
      const item = await getItem(table, keys.account(id));
      return item && toAccount(item);
    },
    async create(account) {
      const key = { ...keys.account(account.id), gsi1pk: lists.accounts() };
      const write = new PutCommand({
        TableName: table.name,
        Item: { ...key, gsi1sk: `${account.createdAt}#${account.id}`, ...account },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      return (await ifConditionHolds(table.client.send(write))) !== undefined;
    },
    setPlan: (id, plan) => set(id, 'plan', plan),
    setStatus: (id, status) => set(id, 'status', status),
    setOwner: (id, owner) => set(id, 'owner', owner),
    async list() {
      return (await listAll(table, lists.accounts())).map(toAccount);
    },
  };
}
