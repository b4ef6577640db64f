import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Suppression, SuppressionStore } from '../../lambdas/core/suppression/suppression.ts';
import { suppressionStore } from '../../lambdas/core/table/suppression-store.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';
import { at, hex24, NOW } from './webhooks.ts';

let fixture: TestTable;
let store: SuppressionStore;
beforeAll(async () => {
  fixture = await startTable();
  store = suppressionStore(fixture.table);
});
afterAll(() => fixture.stop());

const entry = (i: number, more: Partial<Suppression> = {}): Suppression => ({
  address: `user${i}@example.com`,
  reason: 'bounced',
  detail: 'General',
  emailId: hex24(),
  createdAt: at(i),
  expiresAt: null,
  ...more,
});

async function stored(count: number, more: (i: number) => Partial<Suppression> = () => ({})) {
  const account = hex24();
  const entries = Array.from({ length: count }, (_, i) => entry(i, more(i)));
  await atOnce(count, (i) => store.add(account, entries[i] ?? entry(i)));
  return { account, entries };
}

async function readAll(account: string, limit: number): Promise<Suppression[][]> {
  const pages: Suppression[][] = [];
  let position: string | null = null;
  do {
    const query = { limit, ...(position === null ? {} : { position }) };
    const page = await store.list(account, query, NOW);
    pages.push([...page.entries]);
    position = page.position;
  } while (position !== null);
  return pages;
}

const sizes = (pages: readonly Suppression[][]) => pages.map((page) => page.length);

describe('the list of suppressions', () => {
  it('goes newest first over several pages, each entry once and whole', async () => {
    const { account, entries } = await stored(11);
    const pages = await readAll(account, 4);
    expect(sizes(pages)).toEqual([4, 4, 3]);
    expect(pages.flat()).toEqual([...entries].reverse());
  });

  it('ends with its last full page', async () => {
    const { account } = await stored(8);
    expect(sizes(await readAll(account, 4))).toEqual([4, 4]);
    expect(sizes(await readAll(hex24(), 4))).toEqual([0]);
  });

  it('tells those of one moment apart', async () => {
    const { account, entries } = await stored(7, () => ({ createdAt: at(0) }));
    const listed = (await readAll(account, 2)).flat().map(({ address }) => address);
    expect(listed.sort()).toEqual(entries.map(({ address }) => address).sort());
  });

  it('reads pages of 100', async () => {
    const { account } = await stored(205);
    expect(sizes(await readAll(account, 100))).toEqual([100, 100, 5]);
  });

  it('passes over what has ended or was removed, and goes on behind it', async () => {
    const { account, entries } = await stored(9, (i) =>
      i % 3 === 0 ? { createdAt: at(i - 100), expiresAt: at(-1) } : {},
    );
    await store.remove(account, 'user1@example.com', at(60));
    await store.remove(account, 'user8@example.com', at(60));
    const listed = (await readAll(account, 2)).flat();
    expect(listed).toEqual([7, 5, 4, 2].map((i) => entries[i]));
  });

  it('goes on where it was when the entry with which the next page begins is removed', async () => {
    const { account, entries } = await stored(5);
    const { position } = await store.list(account, { limit: 2 }, NOW);
    await store.remove(account, 'user2@example.com', at(60));
    const next = await store.list(account, { limit: 2, position: position ?? '' }, NOW);
    expect(next.entries).toEqual([entries[1], entries[0]]);
  });

  it('shows an entry that was replaced where it is now, once', async () => {
    const { account } = await stored(3);
    const complaint = entry(0, { reason: 'complained', createdAt: at(50) });
    await store.add(account, complaint);
    const listed = (await readAll(account, 2)).flat();
    expect(listed.map(({ address }) => address)).toEqual([
      'user0@example.com',
      'user2@example.com',
      'user1@example.com',
    ]);
    expect(listed[0]).toEqual(complaint);
  });
});
