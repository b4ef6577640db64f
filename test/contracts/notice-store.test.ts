import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Notice, type NoticeStore, refOf } from '../../lambdas/core/notice/notice.ts';
import { keys } from '../../lambdas/core/table/keys.ts';
import { noticeStore } from '../../lambdas/core/table/notice-store.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';

let fixture: TestTable;
let store: NoticeStore;
beforeAll(async () => {
  fixture = await startTable();
  store = noticeStore(fixture.table);
});
afterAll(() => fixture.stop());

const AT = Date.parse('2026-11-23T12:00:00.000Z');
const aNotice = (account: string, changes: Partial<Notice> = {}): Notice => ({
  account,
  kind: 'domain_failed',
  about: 'shop.example',
  occurrence: '2026-11-20T00:00:00.000Z',
  message: 'It failed.',
  at: AT,
  ...changes,
});
const dueOf = async (account: string, until = AT) =>
  (await store.due(until, 100)).filter((ref) => ref.account === account).map(({ id }) => id);

describe('notices', () => {
  it('are due from when they happened, and what was put first stays', async () => {
    const notice = aNotice('one');
    await atOnce(5, (i) => store.put({ ...notice, message: `It failed ${i}.` }));
    const kept = await store.find(refOf(notice));
    await store.put(notice);
    expect(await store.find(refOf(notice))).toEqual(kept);
    expect(await dueOf('one')).toEqual(['domain_failed#shop.example#2026-11-20T00:00:00.000Z']);
    expect(await dueOf('one', AT - 1)).toEqual([]);
  });

  it('have one mail: the first that was written down', async () => {
    const notice = aNotice('mail');
    await store.put(notice);
    const mail = (n: number) => ({
      account: 'op',
      from: `notices@${n}.example`,
      to: 'ada@b.example',
    });
    const stand = await atOnce(5, (i) => store.address(refOf(notice), mail(i)));
    expect(new Set(stand.map(({ from }) => from)).size).toBe(1);
    expect(await store.find(refOf(notice))).toEqual({ ...notice, mail: stand[0] });
  });

  it('come back later where postponed, and never once settled, though put again', async () => {
    const notice = aNotice('later');
    await store.put(notice);
    await store.postpone(refOf(notice), AT + 1000);
    expect(await dueOf('later')).toEqual([]);
    expect(await dueOf('later', AT + 1000)).toHaveLength(1);
    await store.settle(refOf(notice), 'sent');
    await store.postpone(refOf(notice), AT);
    await store.put(notice);
    expect(await dueOf('later', AT + 10_000)).toEqual([]);
    await store.settle({ account: 'later', id: 'unknown' }, 'given up');
    expect(await store.find({ account: 'later', id: 'unknown' })).toBeUndefined();
  });

  it('expire in epoch seconds, 60 days after they happened', async () => {
    const notice = aNotice('ttl', { about: null, kind: 'quota_80', occurrence: '2026-11' });
    await store.put(notice);
    const { client, name } = fixture.table;
    const read = new GetCommand({ TableName: name, Key: keys.notice(refOf(notice)) });
    const item = (await client.send(read)).Item;
    expect(item).toMatchObject({ pk: 'notice#ttl', sk: 'quota_80#2026-11' });
    expect(item?.ttl).toBe(AT / 1000 + 60 * 86_400);
  });
});
