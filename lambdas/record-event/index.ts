import { parse } from 'valibot';
import { withDeadline } from '../core/aws/deadline.ts';
import { openQueues, parking } from '../core/aws/queues.ts';
import { createLog } from '../core/log/logger.ts';
import { emailFacts } from '../core/table/email-store.ts';
import { openTable } from '../core/table/table.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);

export const handler = withDeadline(
  createHandler({
    log: createLog('record-event'),
    emails: emailFacts(openTable(env.TABLE_NAME)),
    park: parking(openQueues(), env.DEAD_LETTER_QUEUE_URL),
  }),
);
