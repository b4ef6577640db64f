import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Domain, DomainStore } from '../domain/domain.ts';
import { getItem, type Item, listAll } from './items.ts';
import { keys, lists } from './keys.ts';
import { ifConditionHolds, type Table } from './table.ts';

function toDomain(item: Item): Domain {
  const { name, account, status, dkimTokens, createdAt, verifiedAt } = item as Domain;
  const optional = verifiedAt ? { verifiedAt } : {};
  return { name, account, status, dkimTokens, createdAt, ...optional };
}

/** Domains on the table; an item is the claim of its name. */
export function domainStore(table: Table): DomainStore {
  const setOwned = async (
    account: string,
    name: string,
    update: { expression: string; names?: Record<string, string>; values: Item },
  ) => {
    const write = new UpdateCommand({
      TableName: table.name,
      Key: keys.domain(name),
      UpdateExpression: update.expression,
      ConditionExpression: 'account = :account',
      ...(update.names ? { ExpressionAttributeNames: update.names } : {}),
      ExpressionAttributeValues: { ':account': account, ...update.values },
    });
    return (await ifConditionHolds(table.client.send(write))) !== undefined;
  };
  return {
    async find(name) {
      const item = await getItem(table, keys.domain(name));
      return item && toDomain(item);
    },
    async claim(domain) {
      const list = { gsi1pk: lists.domains(domain.account) };
      const write = new PutCommand({
        TableName: table.name,
        Item: { ...keys.domain(domain.name), ...list, gsi1sk: domain.createdAt, ...domain },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      return (await ifConditionHolds(table.client.send(write))) !== undefined;
    },
    setTokens: (account, name, tokens) =>
      setOwned(account, name, { expression: 'SET dkimTokens = :t', values: { ':t': tokens } }),
    setVerified: (account, name, at) =>
      setOwned(account, name, {
        expression: 'SET #s = :s, verifiedAt = if_not_exists(verifiedAt, :at)',
        names: { '#s': 'status' },
        values: { ':s': 'verified', ':at': at },
      }),
    async list(account) {
      return (await listAll(table, lists.domains(account))).map(toDomain);
    },
  };
}
