import { parse } from 'valibot';
import { productionAccess } from '../core/aws/production-access.ts';
import { openRecipientIdentities } from '../core/aws/recipient-identities.ts';
import { parsePlans } from '../core/contract/plans.ts';
import { createLog } from '../core/log/logger.ts';
import { openTokenVerifier } from '../core/net/token-verifier.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { callerStores } from '../core/table/caller-stores.ts';
import { domainStore } from '../core/table/domain-store.ts';
import { gateStore } from '../core/table/gate-store.ts';
import { openTable } from '../core/table/table.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);
const table = openTable(env.TABLE_NAME);

export const handler = lambdaHandler(
  createHandler({
    log: createLog('manage-sending'),
    plans: parsePlans(env.PLANS),
    ...callerStores(table),
    users: openTokenVerifier(env, process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER),
    domains: domainStore(table),
    gate: gateStore(table),
    recipients: openRecipientIdentities(),
    askForProduction: productionAccess(),
    now: Date.now,
  }),
);
