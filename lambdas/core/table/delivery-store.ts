import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Delivery, DeliveryStore } from '../webhook/delivery.ts';
import { conditionFailure } from './conditional.ts';
import { getItem, type Item, queryPage } from './items.ts';
import { deliveryRefOf, dueList, keys, lists, PREFIX } from './keys.ts';
import { expiresAt, type Table } from './table.ts';

/** The delivery of an item; its coordinates are in the item's key. */
export function toDelivery(item: Item): Delivery {
  const { pk, sk, gsi2pk, gsi2sk, ttl, ...delivery } = item;
  const ref = deliveryRefOf({ pk: String(pk), sk: String(sk) });
  return { ...ref, ...delivery } as unknown as Delivery;
}

/** Days that one which is still to be tried stays after that moment at least: as long as a queue keeps it. */
const PENDING_DAYS = 14;

/** Retention counts from when it was first to be delivered; it never ends a schedule that is under way. */
function ttlOf({ createdAt, nextAt }: Delivery, retentionDays: number): number {
  const kept = expiresAt(Date.parse(createdAt), retentionDays);
  return nextAt === undefined ? kept : Math.max(kept, expiresAt(nextAt, PENDING_DAYS));
}

/** The delivery as an item, in the due index while it is due. */
function toItem(delivery: Delivery, retentionDays: number): Item {
  const { account, endpoint, id, ...rest } = delivery;
  const { dueAt } = delivery;
  return {
    ...keys.delivery(delivery),
    ...(dueAt === undefined ? {} : { gsi2pk: dueList(id), gsi2sk: dueAt }),
    ttl: ttlOf(delivery, retentionDays),
    ...rest,
  };
}

/** Deliveries for those who only look. */
export function deliveryReads(table: Table): Pick<DeliveryStore, 'find' | 'list'> {
  return {
    async find(ref) {
      const item = await getItem(table, keys.delivery(ref));
      return item && toDelivery(item);
    },
    async list(ref, { limit, position }) {
      const { items, lastKey } = await queryPage(table, {
        partition: lists.deliveries(ref),
        byTime: false,
        limit,
        from: PREFIX.delivery,
        to: `${PREFIX.delivery}~`,
        ...(position ? { startKey: keys.delivery({ ...ref, id: position }) } : {}),
      });
      const last = lastKey && deliveryRefOf({ pk: String(lastKey.pk), sk: String(lastKey.sk) });
      return { entries: items.map(toDelivery), position: last?.id ?? null };
    },
  };
}

/**
 * Deliveries for those who make them and work on them.
 *
 * @param retentionDays how long a delivery is kept, from when it was first to be delivered
 */
export function deliveryWork(
  table: Table,
  retentionDays: number,
): Pick<DeliveryStore, 'find' | 'put'> {
  return {
    find: deliveryReads(table).find,
    async put(delivery, seen) {
      const condition =
        seen === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'mark = :seen',
              ExpressionAttributeValues: { ':seen': seen },
            };
      const write = new PutCommand({
        TableName: table.name,
        Item: toItem(delivery, retentionDays),
        ...condition,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      const failure = await conditionFailure(
        table,
        keys.delivery(delivery),
        table.client.send(write),
      );
      return !failure || failure.item?.mark === delivery.mark;
    },
  };
}

/** Deliveries on the table, in one partition for each endpoint. */
export function deliveryStore(table: Table, retentionDays: number): DeliveryStore {
  return { ...deliveryReads(table), ...deliveryWork(table, retentionDays) };
}
