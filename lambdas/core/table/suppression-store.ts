import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Suppression, SuppressionStore } from '../suppression/suppression.ts';
import { conditionalUpdate } from './conditional.ts';
import { getItem, getItems } from './items.ts';
import { keys, lists } from './keys.ts';
import { listPage } from './list-by-time.ts';
import { entryAttributes, toSuppression } from './suppression-item.ts';
import { expiresAt, ifConditionHolds, type Table } from './table.ts';

/**
 * How long a removal is remembered. An event may come again for 51 days: SNS tries for 23 (its guide,
 * "Message delivery retries"), then the subscription's dead-letter queue and ours keep it 14 each.
 */
const TOMBSTONE_DAYS = 60;

/** Suppressions for those who only ask whether an address may be written to. */
function suppressionReads(table: Table): Pick<SuppressionStore, 'find' | 'findSuppressed'> {
  return {
    async find(account, address, now) {
      return toSuppression(await getItem(table, keys.suppression(account, address)), now);
    },
    async findSuppressed(account, addresses, now) {
      const wanted = addresses.map((address) => keys.suppression(account, address));
      const items = await getItems(table, wanted);
      const found = new Set(items.map((item) => toSuppression(item, now)?.address));
      return addresses.filter((address) => found.has(address));
    },
  };
}

/** An entry yields to one of smaller order; a removal holds against every event from before it. */
function addCondition(suppression: Suppression, order: string) {
  const wins = '(attribute_not_exists(#order) OR #order > :order)';
  const names = { '#order': 'order' };
  // Who adds an address by hand means it to be there now, whatever the two clocks say.
  if (suppression.reason === 'manual') {
    return { expression: wins, names, values: { ':order': order } };
  }
  return {
    expression: `${wins} AND (attribute_not_exists(removedAt) OR removedAt < :at)`,
    names,
    values: { ':order': order, ':at': suppression.createdAt },
  };
}

function suppressionWrites(table: Table): Pick<SuppressionStore, 'add' | 'remove'> {
  const { find } = suppressionReads(table);
  return {
    async add(account, suppression) {
      const entry = entryAttributes(account, suppression);
      // Longer than until it ends, so that an earlier removal is not forgotten with it.
      const ttl = suppression.expiresAt
        ? expiresAt(Date.parse(suppression.expiresAt), TOMBSTONE_DAYS)
        : undefined;
      const write = new UpdateCommand({
        TableName: table.name,
        Key: keys.suppression(account, suppression.address),
        ...conditionalUpdate({ ...entry, ttl }, addCondition(suppression, entry.order)),
      });
      await ifConditionHolds(table.client.send(write));
    },
    async remove(account, address, at) {
      const found = await find(account, address, Date.parse(at));
      if (!found) return false;
      const nothing = Object.keys(entryAttributes(account, found)).map((name) => [name, undefined]);
      // SES's clock may be ahead of ours: the event whose entry is removed must not bring it back.
      const removedAt = found.createdAt > at ? found.createdAt : at;
      const ttl = expiresAt(Date.parse(removedAt), TOMBSTONE_DAYS);
      const write = new UpdateCommand({
        TableName: table.name,
        Key: keys.suppression(account, address),
        ...conditionalUpdate(
          { ...Object.fromEntries(nothing), removedAt, ttl },
          { expression: 'attribute_exists(createdAt)' },
        ),
      });
      await ifConditionHolds(table.client.send(write));
      return true;
    },
  };
}

/** Suppressions on the table, beside their account. */
export function suppressionStore(table: Table): SuppressionStore {
  return {
    ...suppressionReads(table),
    ...suppressionWrites(table),
    async list(account, query, now) {
      const { entries, position } = await listPage(table, lists.suppressions(account), query);
      return { entries: entries.flatMap((item) => toSuppression(item, now) ?? []), position };
    },
  };
}
