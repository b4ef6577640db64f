import { parse } from 'valibot';
import { openQueues, webhookQueue } from '../core/aws/queues.ts';
import { times } from '../core/contract/times.ts';
import { createLog } from '../core/log/logger.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { dueStore } from '../core/table/due-store.ts';
import { openTable } from '../core/table/table.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);

export const handler = lambdaHandler(
  createHandler({
    log: createLog('sweep-due'),
    due: dueStore(openTable(env.TABLE_NAME)),
    queue: webhookQueue(openQueues(), env.WEBHOOK_QUEUE_URL),
    times: times(Number(env.TIME_SCALE)),
    now: Date.now,
  }),
);
