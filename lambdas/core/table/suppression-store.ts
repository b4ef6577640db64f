import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SuppressionStore } from '../suppression/suppression.ts';
import { getItems } from './items.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** Suppressions on the table, beside their account. */
export function suppressionStore(table: Table): SuppressionStore {
  return {
    async findSuppressed(account, addresses) {
      const wanted = addresses.map((address) => keys.suppression(account, address));
      const found = new Set((await getItems(table, wanted)).map((item) => item.address));
      return addresses.filter((address) => found.has(address));
    },
    async add(account, suppression) {
      await table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: { ...keys.suppression(account, suppression.address), ...suppression },
        }),
      );
    },
    async remove(account, address) {
      const { Attributes } = await table.client.send(
        new DeleteCommand({
          TableName: table.name,
          Key: keys.suppression(account, address),
          ReturnValues: 'ALL_OLD',
        }),
      );
      return Attributes !== undefined;
    },
  };
}
