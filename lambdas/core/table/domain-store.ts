import { DeleteCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { TABLE } from '../contract/table.ts';
import type { Domain, DomainChanges, DomainStore } from '../domain/domain.ts';
import { changesWhere } from './conditional.ts';
import {
  asReleased,
  asSeen,
  changedAttributes,
  claimItem,
  releasedAttributes,
  toDomain,
  toReleased,
} from './domain-item.ts';
import { getItem, getItems, listAll, queryPage } from './items.ts';
import { keys, lists } from './keys.ts';
import { ifConditionHolds, type Table } from './table.ts';

const OWNED = 'account = :account';
const PREFIX = keys.domain('').pk;

type Reads = Pick<DomainStore, 'find' | 'findReleased' | 'list' | 'page' | 'due'>;

function domainReads(table: Table): Reads {
  return {
    async find(name) {
      const item = await getItem(table, keys.domain(name));
      return item && toDomain(item);
    },
    async findReleased(name) {
      const item = await getItem(table, keys.domain(name));
      return item && toReleased(item);
    },
    async list(account) {
      const items = await listAll(table, lists.domains(account));
      return items
        .flatMap((item) => toDomain(item) ?? [])
        .filter((each) => each.account === account);
    },
    async page(account, { limit, position }) {
      // One more than asked: it is where the next page begins.
      const { items: entries } = await queryPage(table, {
        partition: lists.domains(account),
        byTime: true,
        limit: limit + 1,
        ...(position ? { to: position } : {}),
      });
      const wanted = entries.slice(0, limit).map(({ pk, sk }) => ({ pk: `${pk}`, sk: `${sk}` }));
      const found = new Map((await getItems(table, wanted)).map((item) => [item.pk, item]));
      const domains = wanted.flatMap(({ pk }) => toDomain(found.get(pk) ?? {}) ?? []);
      return {
        domains: domains.filter((each) => each.account === account),
        position: (entries[limit]?.[TABLE.byTime.sortKey] as string | undefined) ?? null,
      };
    },
    async due(until, limit) {
      const { indexName, partitionKey, sortKey } = TABLE.due;
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          IndexName: indexName,
          KeyConditionExpression: '#p = :p AND #s <= :until',
          ExpressionAttributeNames: { '#p': partitionKey, '#s': sortKey },
          ExpressionAttributeValues: { ':p': lists.dueDomains(), ':until': until },
          Limit: limit,
        }),
      );
      return Items.map(({ pk }) => String(pk).slice(PREFIX.length));
    },
  };
}

/** Domains on the table; an item is the claim of its name, or the trace of one. */
export function domainStore(table: Table): DomainStore {
  const keyOf = ({ name }: Domain) => ({ TableName: table.name, Key: keys.domain(name) });
  const put = async (domain: Domain, condition: object) => {
    const item = { TableName: table.name, Item: claimItem(domain), ...condition };
    return (await ifConditionHolds(table.client.send(new PutCommand(item)))) !== undefined;
  };
  return {
    ...domainReads(table),
    claim: (domain) => put(domain, { ConditionExpression: 'attribute_not_exists(pk)' }),
    takeOver(domain, from) {
      const condition = 'releasedAt' in from ? asReleased(from) : asSeen(from);
      return put(domain, changesWhere({}, condition));
    },
    async keep(seen: Domain, changes: DomainChanges) {
      const attributes = changedAttributes(changes, 'nextCheckAt' in changes);
      const write = new UpdateCommand({
        ...keyOf(seen),
        ...changesWhere(attributes, asSeen(seen)),
        ReturnValues: 'ALL_NEW',
      });
      const kept = await ifConditionHolds(table.client.send(write));
      return kept?.Attributes && toDomain(kept.Attributes);
    },
    async release(domain, at) {
      const condition = { expression: OWNED, values: { ':account': domain.account } };
      const write = changesWhere(releasedAttributes(domain, at), condition);
      const update = new UpdateCommand({ ...keyOf(domain), ...write });
      return (await ifConditionHolds(table.client.send(update))) !== undefined;
    },
    async remove(domain) {
      const write = new DeleteCommand({
        ...keyOf(domain),
        ConditionExpression: OWNED,
        ExpressionAttributeValues: { ':account': domain.account },
      });
      return (await ifConditionHolds(table.client.send(write))) !== undefined;
    },
  };
}
