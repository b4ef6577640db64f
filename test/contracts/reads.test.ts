import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TABLE } from '../../lambdas/core/contract/table.ts';
import { getItem, getItems, queryPage, retryUnprocessed } from '../../lambdas/core/table/items.ts';
import { openTable, type Table } from '../../lambdas/core/table/table.ts';
import { startRecordingProxy } from './recording-proxy.ts';
import { useEndpoint } from './table-fixture.ts';

const NAME = 'emails';
const key = (sk: string) => ({ pk: 'account', sk });
const written = (sk: string) => ({ pk: { S: 'account' }, sk: { S: sk } });

let engine: Awaited<ReturnType<typeof startRecordingProxy>>;
let table: Table;
beforeAll(async () => {
  engine = await startRecordingProxy();
  useEndpoint('DYNAMODB', engine.url);
  table = openTable(NAME);
});
afterAll(async () => {
  table.client.destroy();
  table.counterClient.destroy();
  await engine.stop();
});
beforeEach(() => engine.answer(() => ({ status: 200 })));

const asked = () => engine.calls.map(({ body }) => JSON.parse(body));

describe('what decides is read consistently, which the local engine always does:', () => {
  it('one item', async () => {
    expect(await getItem(table, key('a'))).toBeUndefined();
    expect(asked()).toEqual([{ TableName: NAME, Key: written('a'), ConsistentRead: true }]);
  });

  it('several items', async () => {
    expect(await getItems(table, [key('a'), key('b')])).toEqual([]);
    const Keys = [written('a'), written('b')];
    expect(asked()).toEqual([{ RequestItems: { [NAME]: { Keys, ConsistentRead: true } } }]);
  });

  it('a partition, but not an index, which DynamoDB refuses to', async () => {
    const query = { partition: 'account', limit: 2 };
    expect(await queryPage(table, { ...query, byTime: false })).toEqual({ items: [] });
    expect(await queryPage(table, { ...query, byTime: true })).toEqual({ items: [] });
    const [own, index] = asked();
    expect([own.ConsistentRead, own.IndexName]).toEqual([true, undefined]);
    expect([index.ConsistentRead, index.IndexName]).toEqual([undefined, TABLE.byTime.indexName]);
  });
});

describe('a batch that is not done at once', () => {
  it('is asked again only for the remaining items', async () => {
    const rest = { [NAME]: { Keys: [written('b')], ConsistentRead: true } };
    engine.answer(({ body }) => {
      const isFirst = body.includes('"a"');
      const item = written(isFirst ? 'a' : 'b');
      const left = isFirst ? { UnprocessedKeys: rest } : {};
      return { status: 200, body: JSON.stringify({ Responses: { [NAME]: [item] }, ...left }) };
    });
    expect(await getItems(table, [key('a'), key('b')])).toEqual([key('a'), key('b')]);
    expect(asked().at(-1)).toEqual({ RequestItems: rest });
  });

  it('is given up after six rounds, each after a longer pause', async () => {
    const times: number[] = [];
    const never = retryUnprocessed(['a'], async (rest) => {
      times.push(performance.now());
      return rest;
    });
    await expect(never).rejects.toThrow('The table did not finish a batch call.');
    const pauses = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(pauses).toHaveLength(5);
    // Timers may be a millisecond early.
    for (const [i, pause] of pauses.entries()) expect(pause).toBeGreaterThan(50 * 2 ** i - 2);
  });
});
