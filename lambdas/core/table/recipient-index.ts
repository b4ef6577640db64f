import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { RecipientIndex } from '../email/email-store.ts';
import { positionOf } from './email-item.ts';
import { retryUnprocessed } from './items.ts';
import { keys } from './keys.ts';
import { expiresAt, type Table } from './table.ts';

/** DynamoDB's limit of writes in one BatchWriteItem. */
const WRITES_PER_BATCH = 25;

/** One small item per recipient of an email, in a partition of the recipient's own. */
export function recipientIndex(table: Table, retentionDays: number): RecipientIndex {
  const write = async (rest: readonly object[]) => {
    const { UnprocessedItems } = await table.client.send(
      new BatchWriteCommand({
        RequestItems: { [table.name]: rest.map((Item) => ({ PutRequest: { Item } })) },
      }),
    );
    const left = UnprocessedItems?.[table.name] ?? [];
    return left.map((request) => request.PutRequest?.Item as object);
  };
  return {
    async add(email, addresses) {
      const ttl = expiresAt(Date.parse(email.createdAt), retentionDays);
      const items = addresses.map((address) => ({
        ...keys.recipient(email.account, email.environment, address, positionOf(email)),
        ttl,
      }));
      for (let start = 0; start < items.length; start += WRITES_PER_BATCH) {
        await retryUnprocessed(items.slice(start, start + WRITES_PER_BATCH), write);
      }
    },
  };
}
