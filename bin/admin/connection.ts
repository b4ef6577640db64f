import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { AccountStore } from '../../lambdas/core/account/account.ts';
import type { ApiKeyStore, KeyPlaces } from '../../lambdas/core/api-key/api-key.ts';
import { openDomainIdentities } from '../../lambdas/core/aws/identities.ts';
import { readStackOutputs } from '../../lambdas/core/aws/stack-outputs.ts';
import type { DnsRecords } from '../../lambdas/core/domain/dns-records.ts';
import type { DomainPlaces, DomainStore } from '../../lambdas/core/domain/domain.ts';
import type { DomainIdentities } from '../../lambdas/core/domain/domain-identities.ts';
import { dnsRecords } from '../../lambdas/core/net/dns-records.ts';
import type { NoticeStore } from '../../lambdas/core/notice/notice.ts';
import type { SuppressionStore } from '../../lambdas/core/suppression/suppression.ts';
import { accountStore } from '../../lambdas/core/table/account-store.ts';
import { apiKeyStore } from '../../lambdas/core/table/api-key-store.ts';
import { domainPlaces } from '../../lambdas/core/table/domain-places.ts';
import { domainStore } from '../../lambdas/core/table/domain-store.ts';
import { keyPlaces } from '../../lambdas/core/table/key-places.ts';
import { noticePuts } from '../../lambdas/core/table/notice-store.ts';
import { suppressionStore } from '../../lambdas/core/table/suppression-store.ts';
import { openTable } from '../../lambdas/core/table/table.ts';
import { AdminError } from './admin-error.ts';

/** The system that a command works on. */
export interface Connection {
  readonly accounts: AccountStore;
  readonly keys: ApiKeyStore;
  readonly keyPlaces: KeyPlaces;
  readonly domains: DomainStore;
  readonly places: DomainPlaces;
  readonly notices: Pick<NoticeStore, 'put'>;
  readonly suppressions: SuppressionStore;
  readonly identities: DomainIdentities;
  readonly dns: DnsRecords;
  /** True for a local system, where keys with a fixed secret may be made. */
  readonly local: boolean;
}

/** What a running local system writes to `endpoints.json`. */
const endpointsSchema = v.object({
  region: v.string(),
  tableName: v.string(),
  /** `dns`: a name server, `address:port`. */
  endpoints: v.object({ dynamodb: v.string(), ses: v.string(), dns: v.string() }),
});

/** @throws AdminError when no such system is there */
export async function connect(
  options: Readonly<Partial<Record<'stack' | 'data-dir', string>>>,
): Promise<Connection> {
  const { stack, 'data-dir': dataDir } = options;
  if (stack !== undefined && dataDir !== undefined) {
    throw new AdminError(
      'Give --stack for a deployed system or --data-dir for a local one, not both.',
    );
  }
  const local = stack === undefined;
  const { name, servers } = local
    ? await openLocal(dataDir ?? '.maillayer')
    : { name: await tableOfStack(stack), servers: undefined };
  const table = openTable(name);
  return {
    accounts: accountStore(table),
    keys: apiKeyStore(table),
    keyPlaces: keyPlaces(table),
    domains: domainStore(table),
    places: domainPlaces(table),
    notices: noticePuts(table),
    suppressions: suppressionStore(table),
    identities: openDomainIdentities(),
    dns: dnsRecords(servers),
    local,
  };
}

/** Points the SDK at the local system and nowhere else; gives the table's name, and its name servers. */
async function openLocal(dataDir: string): Promise<{ name: string; servers: readonly string[] }> {
  const { region, tableName, endpoints } = await readEndpoints(dataDir);
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('AWS_')) delete process.env[name];
  }
  Object.assign(process.env, {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SESV2: endpoints.ses,
  });
  return { name: tableName, servers: [endpoints.dns] };
}

async function readEndpoints(dataDir: string): Promise<v.InferOutput<typeof endpointsSchema>> {
  const file = join(dataDir, 'endpoints.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new AdminError(
      `No local system runs in ${dataDir}: start it with "npm start", name its directory with --data-dir, or a deployed one with --stack.`,
    );
  }
  try {
    return v.parse(endpointsSchema, JSON.parse(text));
  } catch {
    throw new AdminError(
      `${file} cannot be read: restart the local system, which writes it again.`,
    );
  }
}

async function tableOfStack(stack: string): Promise<string> {
  const outputs = await readStackOutputs(stack);
  if (!outputs) {
    throw new AdminError(
      `The stack "${stack}" does not exist in this AWS account and region: check the name, AWS_PROFILE and AWS_REGION, or deploy it with "npx cdk deploy".`,
    );
  }
  if (outputs.TableName === undefined) {
    throw new AdminError(
      `The stack "${stack}" has no output TableName, so it is not a Maillayer stack or its deployment did not finish: run "npx cdk deploy".`,
    );
  }
  return outputs.TableName;
}
