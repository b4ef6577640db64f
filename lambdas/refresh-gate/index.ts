import { parse } from 'valibot';
import { sesAccount } from '../core/aws/ses-account.ts';
import { createLog } from '../core/log/logger.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { gateStore } from '../core/table/gate-store.ts';
import { openTable } from '../core/table/table.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);

export const handler = lambdaHandler(
  createHandler({
    log: createLog('refresh-gate'),
    ask: sesAccount(Date.now),
    gate: gateStore(openTable(env.TABLE_NAME)),
  }),
);
