import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { readKeyText } from '../../lambdas/core/api-key/api-key.ts';
import { MOST_KEYS } from '../../lambdas/core/api-key/key-limit.ts';
import { keyId } from '../../lambdas/core/value/id.ts';
import { routes } from '../../lambdas/manage-api-keys/route.ts';
import { atOnce, startTable, type TestTable } from '../contracts/table-fixture.ts';
import { at, hex, keyWorld } from './key-world.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

const DAY = 24 * 3600;

describe('creating a key', () => {
  it('answers 201 with the key, which works at once and is shown this once', async () => {
    const { live, as } = await keyWorld(fixture.table);
    const created = await live('create', { body: { name: 'Shop, server 1', scope: 'full' } });
    expect(created.status).toBe(201);
    const { key, ...view } = created.body;
    expect(readKeyText(key)).toEqual({ environment: 'live', id: keyId(key) });
    expect(view).toEqual({
      id: keyId(key),
      name: 'Shop, server 1',
      environment: 'live',
      scope: 'full',
      domain: null,
      prefix: 'ml_live_',
      last4: key.slice(-4),
      createdAt: at(0),
      lastUsedAt: null,
      revokedAt: null,
    });
    v.parse(routes.create.answers[201], created.body);
    const listed = await live('list');
    v.parse(routes.list.answers[200], listed.body);
    expect(listed.text).not.toContain(key);
    expect(listed.body.data).toContainEqual(view);
    expect((await as(key)('list')).status).toBe(200);
  });

  it('makes one that sends real email and may do no more, unless the body says otherwise', async () => {
    const { live } = await keyWorld(fixture.table);
    const body = { name: 'n', environment: null, scope: null, domain: null };
    for (const each of [{ name: 'n' }, body]) {
      const created = (await live('create', { body: each })).body;
      expect(created).toMatchObject({ environment: 'live', scope: 'send', domain: null });
      expect(created.key).toMatch(/^ml_live_/);
    }
    const test = (await live('create', { body: { name: 'n', environment: 'test' } })).body;
    expect(test).toMatchObject({ environment: 'test', prefix: 'ml_test_' });
    expect(test.key).toMatch(/^ml_test_/);
  });

  it('binds it to a domain of the account, verified or not, however that is spelt', async () => {
    const { live, claim } = await keyWorld(fixture.table);
    const name = `${hex(4)}.xn--bcher-kva.example`;
    await claim(name, { status: 'pending' });
    const domain = `${name.replace('xn--bcher-kva', 'Bücher')}.`;
    const created = await live('create', { body: { name: 'bound', domain } });
    expect(created).toMatchObject({ status: 201, body: { domain: name } });
  });

  it('for another account’s domain gets the same 400 as for an unknown one', async () => {
    const theirs = await keyWorld(fixture.table);
    const [foreign, unknown] = [`${hex(4)}.example`, `${hex(4)}.example`];
    await theirs.claim(foreign);
    const { live, apiKeys, account } = await keyWorld(fixture.table);
    for (const domain of [foreign, unknown]) {
      const refused = await live('create', { body: { name: 'bound', domain } });
      expect(refused).toMatchObject({ status: 400, body: { error: 'Validation failed' } });
      expect(refused.body.message).toBe(
        "The 'domain' field must name a domain of this account. Add the domain first, or omit the field.",
      );
    }
    expect(await apiKeys.list(account)).toHaveLength(1);
  });

  it.each<[string, object, string]>([
    ['no name', {}, "The 'name' field is required."],
    ['an empty name', { name: '' }, "The 'name' field must not be empty."],
    ['a blank name', { name: ' \u3000' }, "The 'name' field must not be empty."],
    ['a long name', { name: 'x'.repeat(101) }, 'at most 100 characters'],
    ['a line break', { name: 'a\nb' }, 'printable characters only'],
    ['half a character', { name: 'a\ud800' }, 'printable characters only'],
    ['a number for a name', { name: 7 }, "The 'name' field must be a string."],
    ['an environment', { name: 'n', environment: 'prod' }, "must be 'live' or 'test'"],
    ['a scope', { name: 'n', scope: 'admin' }, "must be 'send' or 'full'"],
    ['no domain', { name: 'n', domain: 'localhost' }, 'must be a full domain name'],
    ['an address', { name: 'n', domain: 'ada@example.com' }, 'must be a full domain name'],
    ['an unknown field', { name: 'n', scopes: 'full' }, "did you mean 'scope'?"],
  ])('is refused with a sentence for %s', async (_what, body, sentence) => {
    const { live, apiKeys, account } = await keyWorld(fixture.table);
    const refused = await live('create', { body });
    expect(refused).toMatchObject({ status: 400, body: { error: 'Validation failed' } });
    expect(refused.body.message).toContain(sentence);
    expect(await apiKeys.list(account)).toHaveLength(1);
  });

  it('takes a name of 100 characters of any script', async () => {
    const { live } = await keyWorld(fixture.table);
    for (const name of ['x'.repeat(100), 'Ключ für 店 🛒']) {
      expect(await live('create', { body: { name } })).toMatchObject({
        status: 201,
        body: { name },
      });
    }
  });

  it('stops at 100 that are not revoked, however many are asked for at once, until one is', async () => {
    const { live, apiKeys, account } = await keyWorld(fixture.table);
    const create = () => live('create', { body: { name: 'n', scope: 'full' } });
    const made = await atOnce(MOST_KEYS + 10, create);
    const refused = made.filter(({ status }) => status === 403);
    expect(made.filter(({ status }) => status === 201)).toHaveLength(MOST_KEYS);
    expect(refused).toHaveLength(10);
    expect(refused[0]?.body).toEqual({
      error: 'Plan limit reached',
      message: 'This account already has the maximum of 100 active API keys. Revoke one first.',
    });
    const id = made.find(({ status }) => status === 201)?.body.id;
    expect((await live('revoke', { id })).status).toBe(204);
    expect((await create()).status).toBe(201);
    expect((await create()).status).toBe(403);
    // One more is the key of the test itself, which was not made here.
    expect(await apiKeys.list(account)).toHaveLength(MOST_KEYS + 2);
  });
});

describe('the list', () => {
  it('shows all of the account newest first, page by page', async () => {
    const { live, clock } = await keyWorld(fixture.table);
    const ids: string[] = [];
    for (let i = 0; i < 7; i += 1) {
      clock.now += 1000;
      ids.unshift((await live('create', { body: { name: `key ${i}` } })).body.id);
    }
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = { limit: '3', ...(cursor ? { cursor } : {}) };
      const { status, body } = await live('list', { query });
      expect(status).toBe(200);
      expect(body.data.length).toBeLessThanOrEqual(3);
      found.push(...body.data.map((each: { id: string }) => each.id));
      cursor = body.nextCursor;
    } while (cursor);
    expect(found.slice(0, 7)).toEqual(ids);
    expect(found).toHaveLength(8);
  });

  it('refuses a foreign cursor and a bad limit', async () => {
    const theirs = await keyWorld(fixture.table);
    await theirs.hold();
    const { nextCursor } = (await theirs.live('list', { query: { limit: '1' } })).body;
    expect(nextCursor).toEqual(expect.any(String));
    const { live } = await keyWorld(fixture.table);
    for (const query of [{ cursor: nextCursor }, { cursor: 'x' }, { limit: '0' }, { page: '2' }]) {
      expect(await live('list', { query })).toMatchObject({
        status: 400,
        body: { error: 'Validation failed' },
      });
    }
  });

  it('shows a revoked key for 30 days', async () => {
    const { live, clock } = await keyWorld(fixture.table);
    const { id } = (await live('create', { body: { name: 'old' } })).body;
    await live('revoke', { id });
    const shown = async () => {
      const { data } = (await live('list')).body;
      return data.find((each: { id: string }) => each.id === id);
    };
    expect(await shown()).toMatchObject({ revokedAt: at(0) });
    clock.now += (30 * DAY - 1) * 1000;
    expect(await shown()).toMatchObject({ revokedAt: at(0) });
    expect((await live('revoke', { id })).status).toBe(204);
    clock.now += 1000;
    expect(await shown()).toBeUndefined();
    expect((await live('revoke', { id })).status).toBe(404);
  });
});
