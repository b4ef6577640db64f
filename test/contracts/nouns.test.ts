import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account } from '../../lambdas/core/account/account.ts';
import type { ApiKey } from '../../lambdas/core/api-key/api-key.ts';
import { accountStore } from '../../lambdas/core/table/account-store.ts';
import { apiKeyStore } from '../../lambdas/core/table/api-key-store.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 0, 0, second)).toISOString();

describe('accounts', () => {
  const account = (id: string, second = 0): Account => ({
    id,
    name: `Account ${id}`,
    plan: 'Free',
    status: 'active',
    createdAt: at(second),
  });

  it('are created once, and found as they were given', async () => {
    const store = accountStore(fixture.table);
    const created = await atOnce(10, () => store.create(account('once')));
    expect(created.filter(Boolean)).toHaveLength(1);
    expect(await store.find('once')).toEqual(account('once'));
    expect(await store.find('nobody')).toBeUndefined();
  });

  it('show a new plan and a suspension at once, and only where there is an account', async () => {
    const store = accountStore(fixture.table);
    await store.create(account('changed'));
    expect(await store.setPlan('changed', 'Growth')).toBe(true);
    expect(await store.setStatus('changed', 'suspended')).toBe(true);
    const changed = { ...account('changed'), plan: 'Growth', status: 'suspended' };
    expect(await store.find('changed')).toEqual(changed);
    expect(await store.setPlan('nobody', 'Growth')).toBe(false);
    expect(await store.setStatus('nobody', 'suspended')).toBe(false);
    expect(await store.find('nobody')).toBeUndefined();
  });

  it('keep who owns them, and only where there is an account', async () => {
    const store = accountStore(fixture.table);
    const owned = { ...account('owned'), owner: { sub: 'ada' } };
    await store.create(owned);
    expect(await store.find('owned')).toEqual(owned);
    const owner = { sub: 'ada', email: 'ada@example.com', emailReadAt: at(1) };
    expect(await store.setOwner('owned', owner)).toBe(true);
    expect(await store.find('owned')).toEqual({ ...owned, owner });
    expect(await store.setOwner('nobody', owner)).toBe(false);
    expect(await store.find('nobody')).toBeUndefined();
  });

  it('are listed newest first, however many there are', async () => {
    const store = accountStore(fixture.table);
    await atOnce(105, (i) => store.create(account(`listed-${i}`, 100 + i)));
    const ids = (await store.list()).map(({ id }) => id).filter((id) => id.startsWith('listed'));
    expect(ids).toEqual(Array.from({ length: 105 }, (_, i) => `listed-${104 - i}`));
  });
});

describe('API keys', () => {
  const key = (id: string, more: Partial<ApiKey> = {}): ApiKey => ({
    id,
    account: 'owner',
    name: 'a key',
    environment: 'live',
    scope: 'send',
    last4: 'abcd',
    createdAt: at(0),
    ...more,
  });

  it('are found as they were given, with a domain or without', async () => {
    const store = apiKeyStore(fixture.table);
    await store.create(key('plain'));
    await store.create(key('bound', { domain: 'example.com' }));
    expect(await store.find('plain')).toEqual(key('plain'));
    expect(await store.find('bound')).toEqual(key('bound', { domain: 'example.com' }));
    expect(await store.find('garbage')).toBeUndefined();
  });

  it('are seen as revoked at once, keep the first moment, and stay revoked', async () => {
    const store = apiKeyStore(fixture.table);
    await store.create(key('revoked'));
    expect(await store.revoke('owner', 'revoked', at(1))).toBe(true);
    expect((await store.find('revoked'))?.revokedAt).toBe(at(1));
    expect(await store.revoke('owner', 'revoked', at(2))).toBe(true);
    await store.create(key('revoked'));
    expect((await store.find('revoked'))?.revokedAt).toBe(at(1));
  });

  it('cannot be revoked by another account, nor made by revoking', async () => {
    const store = apiKeyStore(fixture.table);
    await store.create(key('guarded'));
    expect(await store.revoke('stranger', 'guarded', at(1))).toBe(false);
    expect((await store.find('guarded'))?.revokedAt).toBeUndefined();
    expect(await store.revoke('owner', 'unknown', at(1))).toBe(false);
    expect(await store.find('unknown')).toBeUndefined();
  });

  it('are listed newest first and per account, revoked ones too', async () => {
    const store = apiKeyStore(fixture.table);
    await store.create(key('old', { account: 'lister', createdAt: at(1) }));
    await store.create(key('new', { account: 'lister', createdAt: at(2) }));
    await store.revoke('lister', 'old', at(3));
    expect((await store.list('lister')).map(({ id }) => id)).toEqual(['new', 'old']);
    expect(await store.list('stranger')).toEqual([]);
  });
});
