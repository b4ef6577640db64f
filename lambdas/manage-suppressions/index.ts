import { parse } from 'valibot';
import { parsePlans } from '../core/contract/plans.ts';
import { createLog } from '../core/log/logger.ts';
import { openTokenVerifier } from '../core/net/token-verifier.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { callerStores } from '../core/table/caller-stores.ts';
import { suppressionStore } from '../core/table/suppression-store.ts';
import { openTable } from '../core/table/table.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);
const table = openTable(env.TABLE_NAME);

export const handler = lambdaHandler(
  createHandler({
    log: createLog('manage-suppressions'),
    plans: parsePlans(env.PLANS),
    ...callerStores(table),
    users: openTokenVerifier(env, process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER),
    suppressions: suppressionStore(table),
    now: Date.now,
  }),
);
