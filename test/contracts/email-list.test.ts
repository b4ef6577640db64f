import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Email } from '../../lambdas/core/email/email.ts';
import type { ListQuery } from '../../lambdas/core/email/email-store.ts';
import { anEmail, emailStore, rivalOf } from './emails.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';

let fixture: TestTable;
let store: ReturnType<typeof emailStore>;
beforeAll(async () => {
  fixture = await startTable();
  store = emailStore(fixture.table);
});
afterAll(() => fixture.stop());

const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 12, 0, second)).toISOString();
const BOB = 'bob@example.com';

/** Reads page after page; the ids, and how many pages there were. */
async function readAll(query: ListQuery): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = [];
  let position: string | null = null;
  let pages = 0;
  do {
    const page = await store.list({ ...query, ...(position === null ? {} : { position }) });
    ids.push(...page.entries.map(({ id }) => id));
    position = page.position;
    pages += 1;
  } while (position !== null);
  return { ids, pages };
}

async function putMany(count: number, more: (index: number) => Partial<Email>): Promise<Email[]> {
  const { account } = anEmail();
  const emails = Array.from({ length: count }, (_, i) => anEmail({ account, ...more(i) }));
  await atOnce(count, (i) => store.put(emails[i] as Email));
  return emails;
}

const queryOf = (emails: readonly Email[], more: Partial<ListQuery> = {}): ListQuery => ({
  account: emails[0]?.account ?? '',
  environment: 'live',
  limit: 4,
  ...more,
});

const newestFirst = (emails: readonly Email[]) => emails.map(({ id }) => id).reverse();

describe('the list of an account', () => {
  it('goes newest first over several pages, each email once', async () => {
    const emails = await putMany(11, (i) => ({ createdAt: at(i) }));
    const { ids, pages } = await readAll(queryOf(emails));
    expect(ids).toEqual(newestFirst(emails));
    expect(pages).toBe(3);
  });

  it('holds whole records', async () => {
    const emails = await putMany(2, (i) => ({ createdAt: at(i), tags: ['receipt'] }));
    const page = await store.list(queryOf(emails));
    expect(page).toEqual({ entries: [...emails].reverse(), position: null });
  });

  it('skips and repeats none of those accepted in the same millisecond', async () => {
    const emails = await putMany(9, () => ({}));
    const { ids } = await readAll(queryOf(emails));
    expect([...ids].sort()).toEqual(newestFirst(emails).sort());
  });

  it('includes both bounds of time, and is empty where they are the wrong way round', async () => {
    const emails = await putMany(10, (i) => ({ createdAt: at(i) }));
    const list = (after?: string, before?: string) =>
      readAll(queryOf(emails, { ...(after ? { after } : {}), ...(before ? { before } : {}) }));
    expect((await list(at(3), at(8))).ids).toEqual(newestFirst(emails.slice(3, 9)));
    expect((await list(at(7))).ids).toEqual(newestFirst(emails.slice(7)));
    expect((await list(undefined, at(1))).ids).toEqual(newestFirst(emails.slice(0, 2)));
    expect((await list(at(5), at(5))).ids).toEqual([emails[5]?.id]);
    expect((await list(at(8), at(3))).ids).toEqual([]);
  });

  it('shows neither other accounts’ mail, nor the other environment’s, nor tombstones', async () => {
    const live = await putMany(1, () => ({}));
    const { account } = live[0] as Email;
    const test = anEmail({ account, environment: 'test' });
    await store.put(test);
    await store.abandon(anEmail({ account }), Date.now());
    expect((await readAll(queryOf(live))).ids).toEqual(newestFirst(live));
    expect((await readAll(queryOf(live, { environment: 'test' }))).ids).toEqual([test.id]);
    expect((await readAll(queryOf([anEmail()]))).ids).toEqual([]);
  });
});

describe('the list of a recipient', () => {
  const toBob = (emails: readonly Email[], more: Partial<ListQuery> = {}) =>
    queryOf(emails, { recipient: BOB, ...more });

  it('goes newest first over several pages, within bounds of time', async () => {
    const emails = await putMany(11, (i) => ({ createdAt: at(i) }));
    await atOnce(11, (i) => store.add(emails[i] as Email, [BOB]));
    const { ids, pages } = await readAll(toBob(emails));
    expect(ids).toEqual(newestFirst(emails));
    expect(pages).toBe(3);
    const bounded = await readAll(toBob(emails, { after: at(2), before: at(4) }));
    expect(bounded.ids).toEqual(newestFirst(emails.slice(2, 5)));
  });

  it('finds a mail under each of its 50 addresses, also when they were added twice', async () => {
    const to = Array.from({ length: 50 }, (_, i) => `user${i}@example.com`);
    const emails = await putMany(1, () => ({ to }));
    const [email] = emails as [Email];
    await store.add(email, to);
    await store.add(email, to);
    const found = await atOnce(50, (i) =>
      readAll(queryOf(emails, { recipient: `user${i}@example.com` })),
    );
    expect(found.map(({ ids }) => ids)).toEqual(Array(50).fill([email.id]));
    expect((await readAll(toBob(emails))).ids).toEqual([]);
  });

  it('passes over entries whose email was never stored, whole pages of them too', async () => {
    const emails = await putMany(2, (i) => ({ createdAt: at(i * 20) }));
    const [old, recent] = emails as [Email, Email];
    const { account } = old;
    await atOnce(9, (i) => store.add(anEmail({ account, createdAt: at(i + 1) }), [BOB]));
    await store.add(old, [BOB]);
    await store.add(recent, [BOB]);
    expect((await readAll(toBob(emails))).ids).toEqual([recent.id, old.id]);
  });

  it('shows a mail once when several accepts of it left their entries', async () => {
    const emails = await putMany(1, () => ({ createdAt: at(5) }));
    const [email] = emails as [Email];
    for (const second of [4, 5, 6])
      await store.add(rivalOf(email, { createdAt: at(second) }), [BOB]);
    expect((await readAll(toBob(emails))).ids).toEqual([email.id]);
    expect((await readAll(toBob(emails, { limit: 1 }))).ids).toEqual([email.id]);
  });

  it('does not show a mail to those whom only a losing accept had named', async () => {
    const emails = await putMany(1, () => ({ to: 'ada@example.com' }));
    const [email] = emails as [Email];
    await store.add(rivalOf(email, { to: BOB }), [BOB]);
    expect((await readAll(toBob(emails))).ids).toEqual([]);
  });

  it('is the account’s and the environment’s own', async () => {
    const emails = await putMany(1, () => ({}));
    await store.add(emails[0] as Email, [BOB]);
    expect((await readAll(toBob(emails, { environment: 'test' }))).ids).toEqual([]);
    expect((await readAll(toBob([anEmail()]))).ids).toEqual([]);
  });
});
