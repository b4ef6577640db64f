import { parse } from 'valibot';
import { openDomainIdentities } from '../core/aws/identities.ts';
import { times } from '../core/contract/times.ts';
import { createLog } from '../core/log/logger.ts';
import { openDnsRecords } from '../core/net/dns-records.ts';
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
    // Both are set by the local system only; a test of the template proves that they never are on AWS.
    dns: openDnsRecords({
      local: process.env.MAILLAYER_LOCAL !== undefined,
      server: process.env.MAILLAYER_LOCAL_DNS,
    }),
    notices: noticePuts(table),
    times: times(Number(env.TIME_SCALE)),
    now: Date.now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  }),
);
