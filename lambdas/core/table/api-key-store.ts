import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type ApiKey, type ApiKeyStore, REVOKED_DAYS, USE_STEP } from '../api-key/api-key.ts';
import { getItem, getItems, type Item } from './items.ts';
import { keys, lists } from './keys.ts';
import { listAll, listPage } from './list-by-time.ts';
import { expiresAt, ifConditionHolds, type Table } from './table.ts';

function toApiKey(item: Item): ApiKey {
  const { id, account, name, environment, scope, domain, last4, createdAt } = item as ApiKey;
  const { lastUsedAt, revokedAt } = item as ApiKey;
  return {
    ...{ id, account, name, environment, scope, last4, createdAt },
    ...(domain ? { domain } : {}),
    ...(lastUsedAt ? { lastUsedAt } : {}),
    ...(revokedAt ? { revokedAt } : {}),
  };
}

type Reads = Pick<ApiKeyStore, 'find' | 'findAll' | 'list' | 'page'>;

function keyReads(table: Table): Reads {
  return {
    async find(id) {
      const item = await getItem(table, keys.apiKey(id));
      return item && toApiKey(item);
    },
    async findAll(ids) {
      return (await getItems(table, ids.map(keys.apiKey))).map(toApiKey);
    },
    async list(account) {
      return (await listAll(table, lists.keys(account))).map(toApiKey);
    },
    async page(account, query) {
      const { entries, position } = await listPage(table, lists.keys(account), query);
      return { entries: entries.map(toApiKey), position };
    },
  };
}

function keyWrites(table: Table): Pick<ApiKeyStore, 'create' | 'revoke' | 'noteUse'> {
  return {
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
        UpdateExpression:
          'SET revokedAt = if_not_exists(revokedAt, :at), #ttl = if_not_exists(#ttl, :ttl)',
        ConditionExpression: 'account = :account',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':at': at,
          ':ttl': expiresAt(Date.parse(at), REVOKED_DAYS),
          ':account': account,
        },
      });
      return (await ifConditionHolds(table.client.send(write))) !== undefined;
    },
    async noteUse(id, at, signal) {
      const write = new UpdateCommand({
        TableName: table.name,
        Key: keys.apiKey(id),
        UpdateExpression: 'SET lastUsedAt = :at',
        ConditionExpression:
          'attribute_exists(pk) AND (attribute_not_exists(lastUsedAt) OR lastUsedAt <= :before)',
        ExpressionAttributeValues: {
          ':at': at,
          ':before': new Date(Date.parse(at) - USE_STEP).toISOString(),
        },
      });
      // Once: a note that was lost comes with the next request.
      const sent = table.counterClient.send(write, { abortSignal: signal });
      return (await ifConditionHolds(sent)) !== undefined;
    },
  };
}

/** API keys on the table, each under the SHA-256 of its text. */
export function apiKeyStore(table: Table): ApiKeyStore {
  return { ...keyReads(table), ...keyWrites(table) };
}
