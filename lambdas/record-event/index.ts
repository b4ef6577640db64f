import { parse } from 'valibot';
import { openQueues, parking, webhookQueue } from '../core/aws/queues.ts';
import { createLog } from '../core/log/logger.ts';
import { createCounts } from '../core/log/metrics.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { emailFacts } from '../core/table/email-store.ts';
import { endpointReads } from '../core/table/endpoint-store.ts';
import { statisticsStore } from '../core/table/statistics-store.ts';
import { suppressionStore } from '../core/table/suppression-store.ts';
import { openTable } from '../core/table/table.ts';
import { envSchema } from './env.ts';
import { createHandler, type RecordEventCount } from './handler.ts';

const env = parse(envSchema, process.env);
const table = openTable(env.TABLE_NAME);
const queues = openQueues();
const { count, counted } = createCounts<RecordEventCount>('record-event');

export const handler = lambdaHandler(
  counted(
    createHandler({
      log: createLog('record-event'),
      emails: emailFacts(table),
      suppressions: suppressionStore(table),
      statistics: statisticsStore(table),
      endpoints: endpointReads(table),
      webhooks: webhookQueue(queues, env.WEBHOOK_QUEUE_URL),
      park: parking(queues, env.DEAD_LETTER_QUEUE_URL),
      count,
      now: Date.now,
    }),
  ),
);
