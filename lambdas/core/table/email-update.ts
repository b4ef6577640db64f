import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { EmailRef } from '../email/email-store.ts';
import type { Item } from './items.ts';
import { keys } from './keys.ts';
import { ifConditionHolds, type Table } from './table.ts';

/** A conditional update of a record; attribute names that DynamoDB reserves go through `names`. */
export type Update = {
  readonly set: string;
  readonly condition: string;
  readonly values: Item;
  readonly names?: Record<string, string>;
};

/** Writes updates of records; false where the condition did not hold. */
export function updates(table: Table) {
  return async (ref: Pick<EmailRef, 'account' | 'id'>, update: Update): Promise<boolean> => {
    const write = new UpdateCommand({
      TableName: table.name,
      Key: keys.email(ref.account, ref.id),
      UpdateExpression: update.set,
      ConditionExpression: update.condition,
      ExpressionAttributeValues: update.values,
      ...(update.names ? { ExpressionAttributeNames: update.names } : {}),
    });
    return (await ifConditionHolds(table.client.send(write))) !== undefined;
  };
}
