import { parse } from 'valibot';
import { openQueues, sendQueue } from '../core/aws/queues.ts';
import { times } from '../core/contract/times.ts';
import { createLog } from '../core/log/logger.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { accountStore } from '../core/table/account-store.ts';
import { contentWrites } from '../core/table/content-store.ts';
import { domainStore } from '../core/table/domain-store.ts';
import { emailAccepts } from '../core/table/email-store.ts';
import { noticeStore } from '../core/table/notice-store.ts';
import { recipientIndex } from '../core/table/recipient-index.ts';
import { suppressionStore } from '../core/table/suppression-store.ts';
import { openTable } from '../core/table/table.ts';
import { usageStore } from '../core/table/usage-store.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);
const table = openTable(env.TABLE_NAME);
const retentionDays = Number(env.RETENTION_DAYS);

export const handler = lambdaHandler(
  createHandler({
    log: createLog('notify-owners'),
    notices: noticeStore(table),
    accounts: accountStore(table),
    domains: domainStore(table),
    suppressions: suppressionStore(table),
    emails: emailAccepts(table, retentionDays),
    contents: contentWrites(table, env.CONTENT_BUCKET, retentionDays),
    recipients: recipientIndex(table, retentionDays),
    usage: usageStore(table),
    queue: sendQueue(openQueues(), env.SEND_QUEUE_URL),
    now: Date.now,
    sendFor: times(Number(env.TIME_SCALE)).sendFor,
  }),
);
