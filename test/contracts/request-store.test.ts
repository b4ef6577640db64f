import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  RefusedRequest,
  RequestStore,
} from '../../lambdas/core/request-log/refused-request.ts';
import { lists } from '../../lambdas/core/table/keys.ts';
import { requestStore } from '../../lambdas/core/table/request-store.ts';
import { openTable } from '../../lambdas/core/table/table.ts';
import { NOW } from '../core/email/fakes.ts';
import { itemSize } from './item-size.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';

let fixture: TestTable;
let store: RequestStore;
beforeAll(async () => {
  fixture = await startTable();
  store = open();
});
afterAll(() => fixture.stop());

/** Slow machines must not lose a note here. */
const PATIENT_MS = 60_000;
const open = (table = fixture.table) => requestStore(table, PATIENT_MS);

const someone = () => randomBytes(12).toString('hex');
const DAY = 24 * 60 * 60 * 1000;

function refusal(at: number, changes: Partial<RefusedRequest> = {}): RefusedRequest {
  return {
    time: new Date(at).toISOString(),
    key: { name: 'server', last4: 'abcd', environment: 'live' },
    route: 'POST /api/v1/emails',
    status: 403,
    error: 'Recipient suppressed',
    message:
      'The address a…@example.com is on your suppression list, because an email to it bounced or was marked as spam. Remove it from the list, or from this email.',
    recipientDomains: ['example.com'],
    ...changes,
  };
}

async function itemsOf(account: string) {
  const { client, name } = fixture.table;
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  return Items.filter(({ pk }) => pk === lists.refused(account));
}

describe('noting refusals', () => {
  it('keeps exactly five of 100 at once in one second, from as many instances', async () => {
    const account = someone();
    await atOnce(100, (i) => open().note(account, refusal(NOW, { message: `${i}` })));
    const kept = await store.list(account, NOW);
    expect(kept).toHaveLength(5);
    expect(new Set(kept.map(({ message }) => message)).size).toBe(5);
    expect(new Set(kept.map(({ id }) => id)).size).toBe(5);
  });

  it('keeps exactly five from one instance too, and five more in the next second', async () => {
    const account = someone();
    await atOnce(100, () => store.note(account, refusal(NOW)));
    const next = Math.floor(NOW / 1000) * 1000 + 1000;
    for (let i = 0; i < 7; i += 1) await store.note(account, refusal(next - 1));
    expect(await store.list(account, NOW)).toHaveLength(5);
    for (let i = 0; i < 7; i += 1) await store.note(account, refusal(next));
    expect(await store.list(account, NOW)).toHaveLength(10);
  });

  it('counts each account on its own, also for an instance that has seen one full', async () => {
    const [one, other] = [someone(), someone()];
    for (let i = 0; i < 9; i += 1) await store.note(one, refusal(NOW));
    await store.note(other, refusal(NOW));
    expect(await store.list(one, NOW)).toHaveLength(5);
    expect(await store.list(other, NOW)).toHaveLength(1);
    expect(await store.list(someone(), NOW)).toEqual([]);
  });

  it('writes no more once it has seen a second full', async () => {
    const account = someone();
    let writes = 0;
    const counting = open({
      ...fixture.table,
      counterClient: new Proxy(fixture.table.counterClient, {
        get(target, name) {
          if (name === 'send') writes += 1;
          const value = Reflect.get(target, name);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      }),
    });
    for (let i = 0; i < 50; i += 1) await counting.note(account, refusal(NOW));
    expect(writes).toBe(6);
  });

  it('costs one write unit for the first two of a second: they fit into a kilobyte', async () => {
    const account = someone();
    for (let i = 0; i < 2; i += 1) await store.note(account, refusal(NOW));
    const [two] = await itemsOf(account);
    expect(itemSize(marshall(two))).toBeLessThanOrEqual(1024);
    for (let i = 0; i < 3; i += 1) await store.note(account, refusal(NOW));
    const [five] = await itemsOf(account);
    expect(itemSize(marshall(five))).toBeLessThanOrEqual(3 * 1024);
  });

  it('expires 30 days later, in epoch seconds, and is out of sight from then on', async () => {
    const account = someone();
    await store.note(account, refusal(NOW));
    const [item] = await itemsOf(account);
    expect(item?.ttl).toBe(Math.ceil(NOW / 1000) + 30 * 86_400);
    expect(await store.list(account, NOW + 30 * DAY)).toHaveLength(1);
    expect(await store.list(account, NOW + 30 * DAY + 1000)).toEqual([]);
  });

  it('fails within a moment where the table does not answer', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const before = process.env.AWS_ENDPOINT_URL_DYNAMODB;
    process.env.AWS_ENDPOINT_URL_DYNAMODB = `http://127.0.0.1:${port}`;
    const table = openTable('silent');
    try {
      // Without an end of its own it would wait for ever: the test would not end.
      await expect(requestStore(table).note(someone(), refusal(NOW))).rejects.toThrow();
      expect(sockets).toHaveLength(1);
    } finally {
      process.env.AWS_ENDPOINT_URL_DYNAMODB = before;
      table.counterClient.destroy();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => silent.close(resolve));
    }
  });
});

describe('the list of refusals', () => {
  it('is the last 200, newest first, whole and as they were', async () => {
    const account = someone();
    const numbers = Array.from({ length: 260 }, (_, i) => i);
    // Two to four in each second, so that a page of seconds ends amid the 200.
    for (const i of numbers) {
      await store.note(account, refusal(NOW + i * 333, { message: `number ${i}` }));
    }
    const kept = await store.list(account, NOW);
    expect(kept.map(({ message }) => message)).toEqual(
      numbers
        .slice(60)
        .reverse()
        .map((i) => `number ${i}`),
    );
    expect(kept.map(({ id }) => id)).toEqual([...kept.map(({ id }) => id)].sort().reverse());
    const { id, ...first } = kept[0] ?? {};
    expect(id).toMatch(/^req_[0-9a-z]{9}_[0-4]$/);
    expect(first).toEqual(refusal(NOW + 259 * 333, { message: 'number 259' }));
  });

  it('keeps an id when more of its second are noted', async () => {
    const account = someone();
    await store.note(account, refusal(NOW + 5, { message: 'first' }));
    const [first] = await store.list(account, NOW);
    await store.note(account, refusal(NOW + 1, { message: 'earlier' }));
    const both = await store.list(account, NOW);
    expect(both.map(({ message }) => message)).toEqual(['first', 'earlier']);
    expect(both[0]?.id).toBe(first?.id);
  });
});
