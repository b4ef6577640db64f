import { parse } from 'valibot';
import { parsePlans } from '../core/contract/plans.ts';
import { createLog } from '../core/log/logger.ts';
import { openTokenVerifier } from '../core/net/token-verifier.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { callerStores } from '../core/table/caller-stores.ts';
import { contentReads } from '../core/table/content-store.ts';
import { emailReads } from '../core/table/email-store.ts';
import { gateStore } from '../core/table/gate-store.ts';
import { openTable } from '../core/table/table.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);
const table = openTable(env.TABLE_NAME);

export const handler = lambdaHandler(
  createHandler({
    log: createLog('get-email'),
    plans: parsePlans(env.PLANS),
    ...callerStores(table),
    users: openTokenVerifier(env, process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER),
    emails: emailReads(table),
    contents: contentReads(table, env.CONTENT_BUCKET),
    gate: gateStore(table),
    now: Date.now,
  }),
);
