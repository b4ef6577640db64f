import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Domain, DomainChanges, DomainStore } from '../domain/domain.ts';
import { conditionalUpdate } from './conditional.ts';
import {
  asReleased,
  asSeen,
  changedAttributes,
  claimItem,
  releasedAttributes,
  toDomain,
  toReleased,
} from './domain-item.ts';
import { dueEntries } from './due-entries.ts';
import { getItem } from './items.ts';
import { keys, lists } from './keys.ts';
import { listAll, listPage } from './list-by-time.ts';
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
      return (await listAll(table, lists.domains(account))).flatMap((item) => toDomain(item) ?? []);
    },
    async page(account, query) {
      const { entries, position } = await listPage(table, lists.domains(account), query);
      return { entries: entries.flatMap((item) => toDomain(item) ?? []), position };
    },
    async due(until, limit) {
      const entries = await dueEntries(table, lists.dueDomains(), { until, limit });
      return entries.map(({ key }) => key.pk.slice(PREFIX.length));
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
      return put(domain, conditionalUpdate({}, condition));
    },
    async keep(seen: Domain, changes: DomainChanges) {
      const attributes = changedAttributes(changes, 'nextCheckAt' in changes);
      const write = new UpdateCommand({
        ...keyOf(seen),
        ...conditionalUpdate(attributes, asSeen(seen)),
        ReturnValues: 'ALL_NEW',
      });
      const kept = await ifConditionHolds(table.client.send(write));
      return kept?.Attributes && toDomain(kept.Attributes);
    },
    async release(domain, at) {
      const condition = { expression: OWNED, values: { ':account': domain.account } };
      const write = conditionalUpdate(releasedAttributes(domain, at), condition);
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
