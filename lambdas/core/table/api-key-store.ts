import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ApiKey, ApiKeyStore } from '../api-key/api-key.ts';
import { getItem, type Item, listAll } from './items.ts';
import { keys, lists } from './keys.ts';
import { ifConditionHolds, type Table } from './table.ts';

function toApiKey(item: Item): ApiKey {
  const { id, account, name, environment, scope, domain, last4, createdAt, revokedAt } =
    item as ApiKey;
  const optional = { ...(domain ? { domain } : {}), ...(revokedAt ? { revokedAt } : {}) };
  return { id, account, name, environment, scope, last4, createdAt, ...optional };
}

/** API keys on the table, each under the SHA-256 of its text. */
export function apiKeyStore(table: Table): ApiKeyStore {
  return {
    async find(id) {
      const item = await getItem(table, keys.apiKey(id));
      return item && toApiKey(item);
    },
    async create(key) {
      const list = { gsi1pk: lists.keys(key.account), gsi1sk: `${key.createdAt}#${key.id}` };
      const write = new PutCommand({
        TableName: table.name,
        Item: { ...keys.apiKey(key.id), ...list, ...key },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      await ifConditionHolds(table.client.send(write));
    },
    async revoke(account, id, at) {
      const write = new UpdateCommand({
        TableName: table.name,
        Key: keys.apiKey(id),
        UpdateExpression: 'SET revokedAt = if_not_exists(revokedAt, :at)',
        ConditionExpression: 'account = :account',
        ExpressionAttributeValues: { ':at': at, ':account': account },
      });
      return (await ifConditionHolds(table.client.send(write))) !== undefined;
    },
    async list(account) {
      return (await listAll(table, lists.keys(account))).map(toApiKey);
    },
  };
}
