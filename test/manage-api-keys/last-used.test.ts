import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ApiKeyStore } from '../../lambdas/core/api-key/api-key.ts';
import { withDeadline } from '../../lambdas/core/runtime/deadline.ts';
import { apiKeyStore } from '../../lambdas/core/table/api-key-store.ts';
import { callerStores } from '../../lambdas/core/table/caller-stores.ts';
import { openTable } from '../../lambdas/core/table/table.ts';
import { keyId } from '../../lambdas/core/value/id.ts';
import { atOnce, startTable, type TestTable } from '../contracts/table-fixture.ts';
import { NOW } from '../core/email/fakes.ts';
import { at, keyWorld } from './key-world.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

/** The function with its notes of use replaced. */
function withNotes(
  noteUse: (real: ApiKeyStore, ...args: Parameters<ApiKeyStore['noteUse']>) => Promise<boolean>,
) {
  const { apiKeys } = callerStores(fixture.table);
  return keyWorld(fixture.table, {
    apiKeys: { ...apiKeys, noteUse: (...args) => noteUse(apiKeys, ...args) },
  });
}

/** The function, and the moments at which a use was really written. */
async function watched() {
  const written: string[] = [];
  const tried: string[] = [];
  const world = await withNotes(async (real, id, at) => {
    tried.push(at);
    // Left to end by itself, so that what these tests see does not hang on which call is faster.
    const done = await real.noteUse(id, at, new AbortController().signal);
    if (done) written.push(at);
    return done;
  });
  return { ...world, written, tried };
}

describe('the last use of a key', () => {
  it('is shown from the first request on', async () => {
    const { live, as, hold, own } = await keyWorld(fixture.table);
    const other = await hold();
    const used = async () => {
      const { data } = (await live('list')).body;
      const find = (text: string) =>
        data.find((each: { id: string }) => each.id === keyId(text))?.lastUsedAt;
      return [find(own), find(other)];
    };
    await live('list');
    expect(await used()).toEqual([at(0), null]);
    await as(other)('list');
    expect(await used()).toEqual([at(0), at(0)]);
  });

  it('is written once by 100 requests of a minute, at once or one after another', async () => {
    const { live, clock, written, tried } = await watched();
    await atOnce(50, () => live('list'));
    expect(written).toEqual([at(0)]);
    tried.length = 0;
    for (let i = 1; i <= 50; i += 1) {
      clock.now = NOW + i * 1199;
      expect((await live('list')).status).toBe(200);
    }
    expect({ written, tried }).toEqual({ written: [at(0)], tried: [] });
    clock.now = NOW + 60_000;
    await atOnce(10, () => live('list'));
    expect(written).toEqual([at(0), at(60)]);
  });

  it('is never written twice in a minute, and never a minute behind', async () => {
    const pauses = fc.array(fc.tuple(fc.nat({ max: 90_000 }), fc.integer({ min: 1, max: 4 })), {
      minLength: 1,
      maxLength: 8,
    });
    const seed = Number(process.env.FC_SEED ?? Date.now() & 0x7fffffff);
    console.log(`fast-check seed ${seed}`);
    await fc.assert(
      fc.asyncProperty(pauses, async (steps) => {
        const { live, clock, apiKeys, own, written } = await watched();
        for (const [pause, together] of steps) {
          clock.now += pause;
          await atOnce(together, () => live('list'));
          const noted = (await apiKeys.find(keyId(own)))?.lastUsedAt ?? '';
          expect(clock.now - Date.parse(noted)).toBeLessThan(60_000);
        }
        const times = written.map((each) => Date.parse(each));
        for (const [i, time] of times.slice(1).entries()) {
          expect(time - (times[i] ?? 0)).toBeGreaterThanOrEqual(60_000);
        }
      }),
      { seed, numRuns: 25 },
    );
  });

  it('is not noted for a revoked key', async () => {
    const { live, own, apiKeys, account, tried } = await watched();
    await apiKeys.revoke(account, keyId(own), at(0));
    expect((await live('list')).status).toBe(401);
    expect(tried).toEqual([]);
  });
});

describe('noting a use', () => {
  it('that fails fails no request: the log has it, without the key', async () => {
    const { live, lines, account, own } = await withNotes(async () => {
      throw new Error('throttled');
    });
    expect((await live('list')).status).toBe(200);
    expect((await live('revoke', { id: 'x' })).status).toBe(404);
    const notes = lines.filter(({ message }) => message === 'use of a key not noted');
    expect(notes).toHaveLength(2);
    expect(notes[0]).toMatchObject({ fields: { account }, error: new Error('throttled') });
    expect(JSON.stringify(lines)).not.toContain(own);
  });

  it('that hangs keeps no answer waiting, refusals included, and is over when the answer goes out', async () => {
    let underWay = 0;
    const { live, lines } = await withNotes((_real, _id, _at, signal) => {
      underWay += 1;
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          underWay -= 1;
          reject(signal.reason);
        });
      });
    });
    expect((await live('list')).status).toBe(200);
    expect((await live('create', { body: {} })).status).toBe(400);
    expect(underWay).toBe(0);
    expect(lines.map(({ message }) => message)).toEqual(['request', 'request']);
  });

  it('is broken off on the wire too, inside an invocation with a deadline', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { AWS_ENDPOINT_URL_DYNAMODB: real } = process.env;
    process.env.AWS_ENDPOINT_URL_DYNAMODB = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const table = openTable('silent');
    try {
      const arrived = new Promise((resolve) => server.once('request', resolve));
      const ended = new AbortController();
      const noting = withDeadline(3_600_000, () =>
        apiKeyStore(table).noteUse('id', at(0), ended.signal),
      );
      await arrived;
      ended.abort();
      await expect(noting).rejects.toThrow(/abort/i);
    } finally {
      process.env.AWS_ENDPOINT_URL_DYNAMODB = real;
      table.client.destroy();
      table.counterClient.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
