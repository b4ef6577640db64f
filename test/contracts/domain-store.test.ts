import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Domain, DomainPlaces, DomainStore } from '../../lambdas/core/domain/domain.ts';
import { domainPlaces } from '../../lambdas/core/table/domain-places.ts';
import { domainStore } from '../../lambdas/core/table/domain-store.ts';
import { dueStore } from '../../lambdas/core/table/due-store.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';

let fixture: TestTable;
let store: DomainStore;
let places: DomainPlaces;
beforeAll(async () => {
  fixture = await startTable();
  store = domainStore(fixture.table);
  places = domainPlaces(fixture.table);
});
afterAll(() => fixture.stop());

const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 0, 0, second)).toISOString();
const TOKENS = ['a', 'b', 'c'];
const ZONE = 'dkim.eu-central-2.amazonses.com';

const aDomain = (name: string, more: Partial<Domain> = {}): Domain => ({
  name,
  account: 'owner',
  status: 'pending',
  dkimTokens: [],
  createdAt: at(0),
  pendingSince: at(0),
  ...more,
});

async function claimed(name: string, more: Partial<Domain> = {}) {
  const domain = aDomain(name, more);
  expect(await store.claim(domain)).toBe(true);
  return domain;
}

describe('claiming a name', () => {
  it('has one winner when 20 accounts do it at once', async () => {
    const won = await atOnce(20, (i) =>
      store.claim(aDomain('raced.example', { account: `account-${i}` })),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
    const account = `account-${won.indexOf(true)}`;
    expect(await store.find('raced.example')).toEqual(aDomain('raced.example', { account }));
    expect(await store.list(account)).toHaveLength(1);
    expect(await store.list(`account-${(won.indexOf(true) + 1) % 20}`)).toEqual([]);
  });

  it('keeps a domain as it was given, with all that may be absent or without', async () => {
    const full = await claimed('full.example', {
      status: 'failed',
      reason: 'It was not verified.',
      dkimTokens: TOKENS,
      dkimZone: ZONE,
      verifiedAt: at(1),
      checkedAt: at(2),
      lostSince: at(3),
      findings: [{ status: 'different', found: ['x'] }],
      nextCheckAt: 5,
      former: { account: 'before', dkimTokens: ['z'], dkimZone: 'other.example' },
    });
    const plain = await claimed('plain.example');
    expect(await store.find('full.example')).toEqual(full);
    expect(await store.find('plain.example')).toEqual(plain);
    expect(await store.find('unclaimed.example')).toBeUndefined();
    expect(await store.findReleased('plain.example')).toBeUndefined();
    expect(await store.findReleased('unclaimed.example')).toBeUndefined();
  });

  it('in place of a failed one has one winner, and none once its owner has started over', async () => {
    const failed = await claimed('failed.example', { status: 'failed' });
    const won = await atOnce(10, (i) =>
      store.takeOver(aDomain('failed.example', { account: `next-${i}` }), failed),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await store.list('owner')).not.toContainEqual(failed);

    const revived = await claimed('revived.example', { status: 'failed' });
    await store.keep(revived, { status: 'pending', pendingSince: at(9) });
    const wanted = aDomain('revived.example', { account: 'next' });
    expect(await store.takeOver(wanted, revived)).toBe(false);
    expect((await store.find('revived.example'))?.account).toBe('owner');
  });
});

describe('changing a claim', () => {
  it('sets what is given, removes what is undefined, and answers with the new one', async () => {
    const domain = await claimed('changed.example', { reason: 'Not yet.', nextCheckAt: 1 });
    const changes = { status: 'verified', dkimTokens: TOKENS, checkedAt: at(1) } as const;
    const kept = await store.keep(domain, { ...changes, reason: undefined, nextCheckAt: 7 });
    const { reason, ...rest } = domain;
    expect(kept).toEqual({ ...rest, ...changes, nextCheckAt: 7 });
    expect(await store.find('changed.example')).toEqual(kept);
  });

  it('sets the zone of its DKIM records, and forgets it where SES names none', async () => {
    const domain = await claimed('zoned.example', { dkimTokens: TOKENS });
    const zoned = await store.keep(domain, { dkimZone: ZONE });
    expect(zoned).toEqual({ ...domain, dkimZone: ZONE });
    expect(await store.keep(domain, { dkimZone: undefined })).toEqual(domain);
  });

  it('takes place once of 10 at once that saw the same', async () => {
    const domain = await claimed('checked.example');
    const kept = await atOnce(10, (i) => store.keep(domain, { checkedAt: at(i + 1) }));
    expect(kept.filter(Boolean)).toHaveLength(1);
    expect(await store.find('checked.example')).toEqual(kept.find(Boolean));
  });

  it('takes nothing from another account, and makes no claim where there is none', async () => {
    const domain = await claimed('guarded.example');
    const stranger = { ...domain, account: 'stranger' };
    expect(await store.keep(stranger, { status: 'verified' })).toBeUndefined();
    expect(await store.release(stranger, at(1))).toBe(false);
    expect(await store.remove(stranger)).toBe(false);
    expect(await store.find('guarded.example')).toEqual(domain);
    expect(await store.keep(aDomain('none.example'), { status: 'verified' })).toBeUndefined();
    expect(await store.release(aDomain('none.example'), at(1))).toBe(false);
    expect(await store.remove(aDomain('none.example'))).toBe(false);
    expect(await store.find('none.example')).toBeUndefined();
  });
});

describe('giving a name up', () => {
  it('frees it at once', async () => {
    const domain = await claimed('removed.example');
    expect(await store.remove(domain)).toBe(true);
    expect(await store.find('removed.example')).toBeUndefined();
    expect(await store.claim(aDomain('removed.example', { account: 'next' }))).toBe(true);
  });

  it('may leave a trace, which is no domain, is in no list, and must be taken over', async () => {
    const dkim = { dkimTokens: TOKENS, dkimZone: ZONE };
    const more = { ...dkim, verifiedAt: at(1), nextCheckAt: 1, account: 'leaver' };
    const domain = await claimed('released.example', more);
    expect(await store.release(domain, at(2))).toBe(true);
    expect(await store.find('released.example')).toBeUndefined();
    expect(await store.list('leaver')).toEqual([]);
    expect((await store.page('leaver', { limit: 10 })).entries).toEqual([]);
    expect(await store.due(1, 100)).not.toContain('released.example');

    const trace = { account: 'leaver', ...dkim, releasedAt: at(2) };
    expect(await store.findReleased('released.example')).toEqual(trace);
    const wanted = aDomain('released.example', { account: 'next' });
    expect(await store.claim(wanted)).toBe(false);
    expect(await store.takeOver(wanted, { ...trace, releasedAt: at(3) })).toBe(false);
    expect(await store.takeOver(wanted, trace)).toBe(true);
    expect(await store.find('released.example')).toEqual(wanted);
    expect(await store.findReleased('released.example')).toBeUndefined();
  });

  it('remembers the records of who had it before, where it never had its own', async () => {
    const before = { dkimTokens: TOKENS, dkimZone: ZONE };
    const former = { account: 'before', ...before };
    const domain = await claimed('twice.example', { former });
    await store.release(domain, at(2));
    expect(await store.findReleased('twice.example')).toMatchObject(before);
  });

  it('gives no tokens the zone of somebody else’s', async () => {
    const former = { account: 'before', dkimTokens: TOKENS, dkimZone: ZONE };
    const domain = await claimed('own.example', { dkimTokens: ['x'], former });
    await store.release(domain, at(2));
    const trace = { account: 'owner', dkimTokens: ['x'], releasedAt: at(2) };
    expect(await store.findReleased('own.example')).toEqual(trace);
  });
});

describe('the domains of an account', () => {
  it('are listed newest first, whole or in pages, those of one moment too', async () => {
    const account = 'lister';
    await claimed('first.example', { account, createdAt: at(1) });
    await claimed('last.example', { account, createdAt: at(2) });
    await claimed('twin.example', { account, createdAt: at(2) });
    const all = ['twin.example', 'last.example', 'first.example'];
    expect((await store.list(account)).map(({ name }) => name)).toEqual(all);
    const { entries: domains, position } = await store.page(account, { limit: 2 });
    expect(domains.map(({ name }) => name)).toEqual(all.slice(0, 2));
    const rest = await store.page(account, { limit: 2, position: position ?? '' });
    expect(rest.entries.map(({ name }) => name)).toEqual(all.slice(2));
    expect(rest.position).toBeNull();
  });

  it('have places up to the limit, and one name has one place', async () => {
    const took = await atOnce(50, (i) => places.take('crowd', `${i}.example`, 5));
    expect(took.filter(Boolean)).toHaveLength(5);
    const names = await places.list('crowd');
    expect(names.sort()).toEqual(took.flatMap((has, i) => (has ? [`${i}.example`] : [])).sort());
    expect(await places.take('crowd', names[0] ?? '', 5)).toBe(true);
    await places.free('crowd', names.slice(0, 1));
    expect(await places.take('crowd', 'late.example', 5)).toBe(true);
    expect(await places.take('crowd', 'later.example', 5)).toBe(false);
    expect(await places.take('crowd', 'later.example', null)).toBe(true);
    await places.free('crowd', await places.list('crowd'));
    expect(await places.list('crowd')).toEqual([]);
    expect(await places.take('crowd', 'first.example', 1)).toBe(true);
  });
});

describe('domains that are to be checked', () => {
  it('are found by their time, the earliest first, and never by the sweeper of webhooks', async () => {
    const start = Date.UTC(2030, 0, 1);
    await claimed('later.due.example', { nextCheckAt: start + 2 });
    const early = await claimed('early.due.example', { nextCheckAt: start + 1 });
    await claimed('future.due.example', { nextCheckAt: start + 9 });
    const due = async () => (await store.due(start + 5, 100)).filter((n) => n.includes('.due.'));
    expect(await due()).toEqual(['early.due.example', 'later.due.example']);
    await store.keep(early, { checkedAt: at(1), nextCheckAt: undefined });
    expect(await due()).toEqual(['later.due.example']);
    const webhooks = dueStore(fixture.table);
    const shards = await atOnce(4, (shard) => webhooks.list(shard, start + 99, 100));
    expect(shards.flat()).toEqual([]);
  });
});
