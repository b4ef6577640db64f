import { accountStore } from './account-store.ts';
import { apiKeyStore } from './api-key-store.ts';
import { requestStore } from './request-store.ts';
import type { Table } from './table.ts';
import { usageStore } from './usage-store.ts';

/** What every HTTP function needs to know its caller, count the request and note a refusal. */
export function callerStores(table: Table) {
  return {
    apiKeys: apiKeyStore(table),
    accounts: accountStore(table),
    usage: usageStore(table),
    refusals: requestStore(table),
  };
}
