import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Slot } from '../webhook/health.ts';
import { conditionalUpdate, conditionFailure } from './conditional.ts';
import type { Item } from './items.ts';
import type { Key } from './keys.ts';
import { ifConditionHolds, type Table } from './table.ts';

/** A slot is an attribute of an item: which one. */
export type SlotPlace = { readonly key: Key; readonly name: string };

/**
 * Takes a slot that is free or has lapsed, and sets `also` in the same write. False when another holds it;
 * true when it is the owner's already, by a write whose answer was lost. Owners differ from take to take.
 */
export async function takeSlotAt(
  table: Table,
  { key, name }: SlotPlace,
  take: { readonly slot: Slot; readonly now: number; readonly also?: Item },
): Promise<boolean> {
  const { slot, now, also = {} } = take;
  const write = new UpdateCommand({
    TableName: table.name,
    Key: key,
    ...conditionalUpdate(
      { [name]: slot, ...also },
      {
        expression: 'attribute_not_exists(#slot) OR #slot.#until <= :now',
        names: { '#slot': name, '#until': 'until' },
        values: { ':now': now },
      },
    ),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  const failure = await conditionFailure(table, key, table.client.send(write));
  if (!failure) return true;
  const holder = failure.item?.[name] as Slot | undefined;
  return holder?.owner === slot.owner;
}

/**
 * Empties the slot and makes `changes` in the same write; false, and nothing done, when it is not the
 * owner's.
 */
export async function giveSlotBack(
  table: Table,
  { key, name }: SlotPlace,
  owner: string,
  changes: Item = {},
): Promise<boolean> {
  const write = new UpdateCommand({
    TableName: table.name,
    Key: key,
    ...conditionalUpdate(
      { [name]: undefined, ...changes },
      {
        expression: '#slot.#owner = :owner',
        names: { '#slot': name, '#owner': 'owner' },
        values: { ':owner': owner },
      },
    ),
  });
  return (await ifConditionHolds(table.client.send(write))) !== undefined;
}
