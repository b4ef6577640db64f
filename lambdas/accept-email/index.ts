import { parse } from 'valibot';
import { openQueues, sendQueue } from '../core/aws/queues.ts';
import { parsePlans } from '../core/contract/plans.ts';
import { times } from '../core/contract/times.ts';
import { createLog } from '../core/log/logger.ts';
import { quotaWatch } from '../core/notice/quota.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { callerStores } from '../core/table/caller-stores.ts';
import { contentWrites } from '../core/table/content-store.ts';
import { domainStore } from '../core/table/domain-store.ts';
import { emailAccepts } from '../core/table/email-store.ts';
import { noticePuts } from '../core/table/notice-store.ts';
import { recipientIndex } from '../core/table/recipient-index.ts';
import { suppressionStore } from '../core/table/suppression-store.ts';
import { openTable } from '../core/table/table.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);
const table = openTable(env.TABLE_NAME);
const retentionDays = Number(env.RETENTION_DAYS);
const log = createLog('accept-email');

export const handler = lambdaHandler(
  createHandler({
    log,
    plans: parsePlans(env.PLANS),
    ...callerStores(table),
    domains: domainStore(table),
    suppressions: suppressionStore(table),
    emails: emailAccepts(table, retentionDays),
    contents: contentWrites(table, env.CONTENT_BUCKET, retentionDays),
    recipients: recipientIndex(table, retentionDays),
    queue: sendQueue(openQueues(), env.SEND_QUEUE_URL),
    quota: quotaWatch({
      notices: noticePuts(table),
      now: Date.now,
      onFailure: (account, error) => log.error('quota not noted', { account }, error),
    }),
    now: Date.now,
    sendFor: times(Number(env.TIME_SCALE)).sendFor,
  }),
);
