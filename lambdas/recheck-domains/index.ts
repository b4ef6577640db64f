import { parse } from 'valibot';
import { openDomainIdentities } from '../core/aws/identities.ts';
import { times } from '../core/contract/times.ts';
import { createLog } from '../core/log/logger.ts';
import { dnsRecords } from '../core/net/dns-records.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { domainStore } from '../core/table/domain-store.ts';
import { noticePuts } from '../core/table/notice-store.ts';
import { openTable } from '../core/table/table.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);
const table = openTable(env.TABLE_NAME);

export const handler = lambdaHandler(
  createHandler({
    log: createLog('recheck-domains'),
    domains: domainStore(table),
    identities: openDomainIdentities(),
    // Like the addresses of AWS's services, it is set where others than the machine's own are to be asked.
    dns: dnsRecords(process.env.NAME_SERVERS?.split(',')),
    notices: noticePuts(table),
    times: times(Number(env.TIME_SCALE)),
    now: Date.now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  }),
);
