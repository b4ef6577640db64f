import { parse } from 'valibot';
import { eventQueue, openQueues, parking } from '../core/aws/queues.ts';
import { createLog } from '../core/log/logger.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { emailDelivery } from '../core/table/email-store.ts';
import { openTable } from '../core/table/table.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);
const queues = openQueues();

export const handler = lambdaHandler(
  createHandler({
    log: createLog('park-email'),
    emails: emailDelivery(openTable(env.TABLE_NAME)),
    park: parking(queues, env.DEAD_LETTER_QUEUE_URL),
    report: eventQueue(queues, env.EVENT_QUEUE_URL),
    now: Date.now,
  }),
);
