import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Key, keys } from '../../lambdas/core/table/keys.ts';
import { anEmail, emailStore, rivalOf } from './emails.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';

let fixture: TestTable;
let store: ReturnType<typeof emailStore>;
beforeAll(async () => {
  fixture = await startTable();
  store = emailStore(fixture.table);
});
afterAll(() => fixture.stop());

const NOW = Date.parse('2026-11-23T12:02:00.000Z');

async function ttlOf(key: Key) {
  const { client, name } = fixture.table;
  const read = new GetCommand({ TableName: name, Key: key, ConsistentRead: true });
  return (await client.send(read)).Item?.ttl;
}

describe('putting a record', () => {
  it('stores it whole, to be found by its own account only', async () => {
    const email = anEmail({
      to: ['Bob <bob@example.com>', 'eve@example.com'],
      cc: ['cc@example.com'],
      bcc: ['bcc@example.com'],
      replyTo: ['reply@sender.example'],
      tags: ['receipt'],
    });
    expect(await store.put(email)).toEqual({ kind: 'stored' });
    expect(await store.find(email.account, email.id)).toEqual(email);
    expect(await store.find('stranger', email.id)).toBeUndefined();
  });

  it('keeps it for the days of retention, in epoch seconds', async () => {
    const email = anEmail();
    await store.put(email);
    const expected = Date.parse(email.createdAt) / 1000 + 30 * 86_400;
    expect(await ttlOf(keys.email(email.account, email.id))).toBe(expected);
  });

  it('recognises its own record when the same put comes twice', async () => {
    const email = anEmail();
    await store.put(email);
    expect(await store.put(email)).toEqual({ kind: 'stored' });
  });

  it('recognises its own record even after the deliverer has sent it', async () => {
    const email = anEmail();
    await store.put(email);
    await store.markTaken(email, '2026-11-23T12:00:01.000Z');
    expect(await store.put(email)).toEqual({ kind: 'stored' });
    expect((await store.find(email.account, email.id))?.phase).toBe('sent');
  });

  it('answers another accept with the record that is there', async () => {
    const email = anEmail();
    await store.put(email);
    const rival = rivalOf(email, { subject: 'Another' });
    expect(await store.put(rival)).toEqual({ kind: 'exists', email });
    expect(await store.find(email.account, email.id)).toEqual(email);
  });

  it('has one winner among 20 accepts of one id, and the others see it', async () => {
    const email = anEmail();
    const rivals = Array.from({ length: 20 }, () => rivalOf(email));
    const results = await atOnce(20, (i) => store.put(rivals[i] ?? email));
    const winners = rivals.filter((_, i) => results[i]?.kind === 'stored');
    expect(winners).toHaveLength(1);
    const others = results.filter(({ kind }) => kind !== 'stored');
    expect(others).toEqual(Array(19).fill({ kind: 'exists', email: winners[0] }));
  });
});

describe('abandoning an accept', () => {
  it('refuses its late put, as often as it comes', async () => {
    const email = anEmail();
    expect(await store.abandon(email, NOW)).toBe(true);
    expect(await store.put(email)).toEqual({ kind: 'abandoned' });
    expect(await store.put(email)).toEqual({ kind: 'abandoned' });
    expect(await store.find(email.account, email.id)).toBeUndefined();
  });

  it('may be repeated, and leaves a tombstone that expires after two days', async () => {
    const email = anEmail();
    expect(await store.abandon(email, NOW)).toBe(true);
    expect(await store.abandon(email, NOW)).toBe(true);
    expect(await ttlOf(keys.email(email.account, email.id))).toBe(NOW / 1000 + 2 * 86_400);
  });

  it('lets another accept of the same id put its record, which lives its full retention', async () => {
    const email = anEmail();
    const rival = rivalOf(email);
    await store.abandon(email, NOW);
    expect(await store.put(rival)).toEqual({ kind: 'stored' });
    expect(await store.find(email.account, email.id)).toEqual(rival);
    const expected = Date.parse(email.createdAt) / 1000 + 30 * 86_400;
    expect(await ttlOf(keys.email(email.account, email.id))).toBe(expected);
    expect(await store.put(email)).toEqual({ kind: 'exists', email: rival });
  });

  it('remembers each of several accepts that were given up', async () => {
    const email = anEmail();
    const rival = rivalOf(email);
    await store.abandon(email, NOW);
    await store.abandon(rival, NOW);
    expect(await store.put(email)).toEqual({ kind: 'abandoned' });
    expect(await store.put(rival)).toEqual({ kind: 'abandoned' });
  });

  it('is refused once a record is there, its own or another’s', async () => {
    const email = anEmail();
    await store.put(email);
    expect(await store.abandon(email, NOW)).toBe(false);
    expect(await store.abandon(rivalOf(email), NOW)).toBe(false);
    expect(await store.find(email.account, email.id)).toEqual(email);
  });

  it.each(['put', 'abandon'] as const)(
    'never wins together with the put, nor do both lose, when the %s starts first',
    async (first) => {
      const outcomes = await atOnce(30, async () => {
        const email = anEmail();
        const put = async () => (await store.put(email)).kind === 'stored';
        const abandon = () => store.abandon(email, NOW);
        const won = await Promise.all(first === 'put' ? [put(), abandon()] : [abandon(), put()]);
        const found = await store.find(email.account, email.id);
        const stored = first === 'put' ? won[0] : won[1];
        return { winners: won.filter(Boolean).length, agrees: stored === (found !== undefined) };
      });
      expect(outcomes).toEqual(Array(30).fill({ winners: 1, agrees: true }));
    },
  );
});
