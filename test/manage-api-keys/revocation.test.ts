import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keys } from '../../lambdas/core/table/keys.ts';
import { keyId } from '../../lambdas/core/value/id.ts';
import { atOnce, startTable, type TestTable } from '../contracts/table-fixture.ts';
import { at, keyWorld } from './key-world.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

describe('a revoked key', () => {
  it('gets the answer of an unknown one, keeps the first moment, and revoking twice is fine', async () => {
    const { live, as, hold, apiKeys, clock } = await keyWorld(fixture.table);
    const text = await hold();
    const id = keyId(text);
    const unknown = await as(`${text.slice(0, -1)}_`)('list');
    for (let i = 0; i < 3; i += 1) {
      expect(await live('revoke', { id })).toMatchObject({ status: 204, text: '' });
      expect(await as(text)('list')).toMatchObject({ status: 401, text: unknown.text });
      expect((await apiKeys.find(id))?.revokedAt).toBe(at(0));
      clock.now += 1000;
    }
  });

  it('may have been the one that revoked itself', async () => {
    const { live, own } = await keyWorld(fixture.table);
    const answer = await live('revoke', { id: keyId(own) });
    expect(answer.status).toBe(204);
    expect(answer.headers).toHaveProperty('x-ratelimit-limit');
    expect((await live('list')).status).toBe(401);
    expect((await live('revoke', { id: keyId(own) })).status).toBe(401);
  });

  it('is still refused once the table has forgotten it', async () => {
    const { live, as, hold } = await keyWorld(fixture.table);
    const text = await hold();
    await live('revoke', { id: keyId(text) });
    const { name, client } = fixture.table;
    await client.send(new DeleteCommand({ TableName: name, Key: keys.apiKey(keyId(text)) }));
    expect((await as(text)('list')).status).toBe(401);
    expect((await live('revoke', { id: keyId(text) })).status).toBe(404);
  });

  it('is accepted by none of the requests that begin after the revoke was answered', async () => {
    for (const by of ['another key', 'itself']) {
      const { live, as, hold } = await keyWorld(fixture.table);
      const text = await hold();
      let revoked = false;
      const before: number[] = [];
      const after: number[] = [];
      const caller = async () => {
        while (after.length < 200) {
          const statuses = revoked ? after : before;
          statuses.push((await as(text)('list')).status ?? 0);
        }
      };
      const callers = atOnce(8, caller);
      while (before.length < 40) await new Promise((resolve) => setImmediate(resolve));
      const revoke = by === 'itself' ? as(text) : live;
      expect((await revoke('revoke', { id: keyId(text) })).status).toBe(204);
      revoked = true;
      await callers;
      expect(before).toContain(200);
      expect(after.filter((status) => status !== 401)).toEqual([]);
      expect(after.length).toBeGreaterThanOrEqual(200);
    }
  });
});
