import { parse } from 'valibot';
import { openDomainIdentities } from '../core/aws/identities.ts';
import { parsePlans } from '../core/contract/plans.ts';
import { times } from '../core/contract/times.ts';
import { createLog } from '../core/log/logger.ts';
import { dnsRecords } from '../core/net/dns-records.ts';
import { openTokenVerifier } from '../core/net/token-verifier.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { callerStores } from '../core/table/caller-stores.ts';
import { domainPlaces } from '../core/table/domain-places.ts';
import { domainStore } from '../core/table/domain-store.ts';
import { noticePuts } from '../core/table/notice-store.ts';
import { openTable } from '../core/table/table.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);
const table = openTable(env.TABLE_NAME);

export const handler = lambdaHandler(
  createHandler({
    log: createLog('manage-domains'),
    plans: parsePlans(env.PLANS),
    ...callerStores(table),
    users: openTokenVerifier(env, process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER),
    domains: domainStore(table),
    places: domainPlaces(table),
    identities: openDomainIdentities(),
    // Like the addresses of AWS's services, it is set where others than the machine's own are to be asked.
    dns: dnsRecords(process.env.NAME_SERVERS?.split(',')),
    notices: noticePuts(table),
    times: times(Number(env.TIME_SCALE)),
    now: Date.now,
  }),
);
