import { parse } from 'valibot';
import { openUserDirectory } from '../core/aws/user-directory.ts';
import { parsePlans } from '../core/contract/plans.ts';
import { createLog } from '../core/log/logger.ts';
import { openTokenVerifier } from '../core/net/token-verifier.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { callerStores } from '../core/table/caller-stores.ts';
import { domainStore } from '../core/table/domain-store.ts';
import { endpointReads } from '../core/table/endpoint-store.ts';
import { gateStore } from '../core/table/gate-store.ts';
import { statisticsStore } from '../core/table/statistics-store.ts';
import { openTable } from '../core/table/table.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);
const table = openTable(env.TABLE_NAME);

export const handler = lambdaHandler(
  createHandler({
    log: createLog('get-account'),
    plans: parsePlans(env.PLANS),
    ...callerStores(table),
    users: openTokenVerifier(env, process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER),
    directory: openUserDirectory(),
    domains: domainStore(table),
    endpoints: endpointReads(table),
    gate: gateStore(table),
    statistics: statisticsStore(table),
    now: Date.now,
  }),
);
