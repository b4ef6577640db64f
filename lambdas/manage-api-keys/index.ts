import { parse } from 'valibot';
import { parsePlans } from '../core/contract/plans.ts';
import { createLog } from '../core/log/logger.ts';
import { openTokenVerifier } from '../core/net/token-verifier.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { callerStores } from '../core/table/caller-stores.ts';
import { domainStore } from '../core/table/domain-store.ts';
import { keyPlaces } from '../core/table/key-places.ts';
import { openTable } from '../core/table/table.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);
const table = openTable(env.TABLE_NAME);

export const handler = lambdaHandler(
  createHandler({
    log: createLog('manage-api-keys'),
    plans: parsePlans(env.PLANS),
    ...callerStores(table),
    users: openTokenVerifier(env, process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER),
    keyPlaces: keyPlaces(table),
    domains: domainStore(table),
    now: Date.now,
  }),
);
