import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Gate, GateStore } from '../sending/gate.ts';
import type { PacingClock } from '../sending/pacing.ts';
import { getItem } from './items.ts';
import { keys } from './keys.ts';
import { ifConditionHolds, type Table } from './table.ts';

/** Times that the clock may turn from "ahead" to "behind" under one reservation. */
const TRIES = 5;

/** The gate's item; the virtual clock (`nextAt`) is part of it. */
export function gateStore(table: Table): GateStore {
  const set = async (expression: string, values: Record<string, unknown>) => {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: keys.gate(),
        UpdateExpression: expression,
        ExpressionAttributeValues: values,
      }),
    );
  };
  return {
    async read() {
      const { account, refused } = ((await getItem(table, keys.gate())) ?? {}) as Gate;
      return { ...(account ? { account } : {}), ...(refused ? { refused } : {}) };
    },
    refresh: (account) => set('SET account = :a REMOVE refused', { ':a': account }),
    close: (refused) => set('SET refused = :r', { ':r': refused }),
  };
}

type Advance = { expression: string; condition: string; values: Record<string, number> };

async function advance(table: Table, { expression, condition, values }: Advance) {
  const write = new UpdateCommand({
    TableName: table.name,
    Key: keys.gate(),
    UpdateExpression: expression,
    ConditionExpression: condition,
    ExpressionAttributeValues: values,
    ReturnValues: 'UPDATED_NEW',
  });
  const result = await ifConditionHolds(table.counterClient.send(write));
  return result && Number(result.Attributes?.nextAt);
}

type Request = Parameters<PacingClock['reserve']>[0];

async function advanceAhead(table: Table, { now, duration, wait }: Request) {
  return await advance(table, {
    expression: 'SET nextAt = nextAt + :d',
    condition: 'nextAt BETWEEN :now AND :latest',
    values: { ':d': duration, ':now': now, ':latest': now + wait },
  });
}

async function advanceBehind(table: Table, { now, duration }: Request) {
  return await advance(table, {
    expression: 'SET nextAt = :next',
    condition: 'attribute_not_exists(nextAt) OR nextAt < :now',
    values: { ':next': now + duration, ':now': now },
  });
}

/**
 * The virtual clock on the table: two conditional writes, one for a clock ahead, one for one behind. Which
 * is tried first follows from where this instance saw the clock last: a failed condition costs a write too.
 */
export function pacingClock(table: Table): PacingClock {
  let seen = 0;
  return {
    async reserve(request) {
      const { now, duration, wait } = request;
      for (let i = 0; i < TRIES; i += 1) {
        const write = seen >= now ? advanceAhead : advanceBehind;
        const next = await write(table, request);
        if (next !== undefined) {
          seen = Math.max(seen, next);
          return { startAt: next - duration };
        }
        seen = Number((await getItem(table, keys.gate()))?.nextAt ?? 0);
        if (seen > now + wait) return { tryAt: seen };
      }
      return { tryAt: now + duration };
    },
  };
}
