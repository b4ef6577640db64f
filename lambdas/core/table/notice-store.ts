import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { TABLE } from '../contract/table.ts';
import {
  type KeptNotice,
  type NoticeMail,
  type NoticeRef,
  type NoticeStore,
  refOf,
} from '../notice/notice.ts';
import { conditionalUpdate, conditionFailure } from './conditional.ts';
import { dueEntries } from './due-entries.ts';
import { getItem, type Item } from './items.ts';
import { keys, lists, noticeOf } from './keys.ts';
import { expiresAt, ifConditionHolds, type Table } from './table.ts';

/** How long a notice is known after it happened: longer than a month, which is what the quota's are about. */
const NOTICE_DAYS = 60;

const { partitionKey, sortKey } = TABLE.due;

function toNotice(item: Item): KeptNotice {
  const { account, kind, about, occurrence, message, at, mail } = item as KeptNotice;
  return { account, kind, about, occurrence, message, at, ...(mail ? { mail } : {}) };
}

/** Notices for those who notice something. */
export function noticePuts(table: Table): Pick<NoticeStore, 'put'> {
  return {
    async put(notice) {
      const write = new PutCommand({
        TableName: table.name,
        Item: {
          ...keys.notice(refOf(notice)),
          [partitionKey]: lists.dueNotices(),
          [sortKey]: notice.at,
          ttl: expiresAt(notice.at, NOTICE_DAYS),
          ...notice,
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      await ifConditionHolds(table.client.send(write));
    },
  };
}

/** Notices on the table, in one partition for each account. */
export function noticeStore(table: Table): NoticeStore {
  const change = (ref: NoticeRef, changes: Item, expression: string) =>
    new UpdateCommand({
      TableName: table.name,
      Key: keys.notice(ref),
      ...conditionalUpdate(changes, { expression }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
  return {
    ...noticePuts(table),
    async find(ref) {
      const item = await getItem(table, keys.notice(ref));
      return item && toNotice(item);
    },
    async due(until, limit) {
      const entries = await dueEntries(table, lists.dueNotices(), { until, limit });
      return entries.map(({ key }) => noticeOf(key));
    },
    async address(ref, mail) {
      const write = change(ref, { mail }, 'attribute_exists(pk) AND attribute_not_exists(mail)');
      const failure = await conditionFailure(table, keys.notice(ref), table.client.send(write));
      return (failure?.item?.mail as NoticeMail | undefined) ?? mail;
    },
    async postpone(ref, to) {
      const write = change(ref, { [sortKey]: to }, `attribute_exists(${partitionKey})`);
      await ifConditionHolds(table.client.send(write));
    },
    async settle(ref, outcome) {
      const changes = { [partitionKey]: undefined, [sortKey]: undefined, outcome };
      const write = change(ref, changes, 'attribute_exists(pk)');
      await ifConditionHolds(table.client.send(write));
    },
  };
}
