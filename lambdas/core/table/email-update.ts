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

type Ref = Pick<EmailRef, 'account' | 'id'>;

function write(table: Table, ref: Ref, update: Update, returned: 'NONE' | 'ALL_OLD') {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: keys.email(ref.account, ref.id),
    UpdateExpression: update.set,
    ConditionExpression: update.condition,
    ExpressionAttributeValues: update.values,
    ...(update.names ? { ExpressionAttributeNames: update.names } : {}),
    ReturnValues: returned,
  });
  return ifConditionHolds(table.client.send(command));
}

/** Writes updates of records; false where the condition did not hold. */
export function updates(table: Table) {
  return async (ref: Ref, update: Update): Promise<boolean> =>
    (await write(table, ref, update, 'NONE')) !== undefined;
}

/** Writes updates of records; the record as it was right before, undefined where the condition did not hold. */
export function updatesReturningOld(table: Table) {
  return async (ref: Ref, update: Update): Promise<Item | undefined> =>
    (await write(table, ref, update, 'ALL_OLD'))?.Attributes;
}
