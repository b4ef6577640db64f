import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Endpoint, EndpointStore } from '../webhook/endpoint.ts';
import { type Condition, conditionalUpdate, conditionFailure } from './conditional.ts';
import { changeHealth } from './health-store.ts';
import { getItem, type Item, queryAll } from './items.ts';
import { keys, lists, PREFIX } from './keys.ts';
import { ifConditionHolds, type Table } from './table.ts';

/** The endpoint of an item. */
export function toEndpoint(item: Item): Endpoint {
  const { pk, sk, ...endpoint } = item;
  return endpoint as unknown as Endpoint;
}

/** By when they were made; ids are random and settle only the order of those made at once. */
function byAge(one: Endpoint, other: Endpoint): number {
  const [a, b] = [one, other].map(({ createdAt, id }) => `${createdAt}#${id}`);
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

/** Endpoints for those who only look for whom to tell. */
export function endpointReads(table: Table): Pick<EndpointStore, 'find' | 'list'> {
  return {
    async find(ref) {
      const item = await getItem(table, keys.endpoint(ref));
      return item && toEndpoint(item);
    },
    async list(account) {
      const items = await queryAll(table, lists.endpoints(account), PREFIX.endpoint);
      return items.map(toEndpoint).sort(byAge);
    },
  };
}

const THERE: Condition = { expression: 'attribute_exists(pk)' };

/** Of two rotations at once only one may win: the other's owner was never shown a secret that signs. */
const unrotated = (current: string): Condition => ({
  expression: 'secrets[0].ciphertext = :current',
  values: { ':current': current },
});

/** Endpoints for those who let an owner change one. */
export function endpointChanges(table: Table): Pick<EndpointStore, 'update'> {
  return {
    async update(ref, changes, current) {
      // Forgotten first: while it is still disabled, no try can write its old failures down again.
      const enables = 'disabled' in changes && changes.disabled === undefined;
      if (enables) await changeHealth(table, ref, {});
      const write = new UpdateCommand({
        TableName: table.name,
        Key: keys.endpoint(ref),
        ...conditionalUpdate(changes, current === undefined ? THERE : unrotated(current)),
        ReturnValues: 'ALL_NEW',
      });
      const result = await ifConditionHolds(table.client.send(write));
      return result?.Attributes && toEndpoint(result.Attributes);
    },
  };
}

/** Endpoints for those who disable one that fails: of several at once the first one's reason remains. */
export function endpointDisabling(table: Table): Pick<EndpointStore, 'disable'> {
  return {
    async disable(ref, disabled) {
      const key = keys.endpoint(ref);
      const expression = 'attribute_exists(pk) AND attribute_not_exists(disabled)';
      const write = new UpdateCommand({
        TableName: table.name,
        Key: key,
        ...conditionalUpdate({ disabled }, { expression }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      const failure = await conditionFailure(table, key, table.client.send(write));
      if (!failure) return disabled;
      return failure.item && toEndpoint(failure.item).disabled;
    },
  };
}

/** Endpoints on the table, in one partition for each account. */
export function endpointStore(table: Table): EndpointStore {
  return {
    ...endpointReads(table),
    ...endpointChanges(table),
    ...endpointDisabling(table),
    async create(endpoint) {
      const ref = { account: endpoint.account, endpoint: endpoint.id };
      const write = new PutCommand({
        TableName: table.name,
        Item: { ...keys.endpoint(ref), ...endpoint },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      await ifConditionHolds(table.client.send(write));
    },
    async remove(ref) {
      const { Attributes } = await table.client.send(
        new DeleteCommand({
          TableName: table.name,
          Key: keys.endpoint(ref),
          ReturnValues: 'ALL_OLD',
        }),
      );
      await table.client.send(new DeleteCommand({ TableName: table.name, Key: keys.health(ref) }));
      return Attributes !== undefined;
    },
  };
}
