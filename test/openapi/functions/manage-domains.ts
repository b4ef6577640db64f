import { times } from '../../../lambdas/core/contract/times.ts';
import type {
  DomainIdentities,
  DomainIdentity,
} from '../../../lambdas/core/domain/domain-identities.ts';
import { domainPlaces } from '../../../lambdas/core/table/domain-places.ts';
import { domainStore } from '../../../lambdas/core/table/domain-store.ts';
import { noticeStore } from '../../../lambdas/core/table/notice-store.ts';
import { createHandler } from '../../../lambdas/manage-domains/handler.ts';
import { routes } from '../../../lambdas/manage-domains/route.ts';
import type { FunctionUnderTest } from '../world.ts';

const TOKENS = ['one', 'two', 'three'].map((word) => word.padEnd(32, '0'));
const ZONE = 'dkim.eu-south-1.amazonses.com';

/** SES, where nothing is forgotten and every new identity is verified at once. */
const made = new Map<string, DomainIdentity>();
const identities: DomainIdentities = {
  find: async (name) => made.get(name),
  async ensure(name, account) {
    const found: DomainIdentity = made.get(name) ?? {
      account,
      dkimTokens: TOKENS,
      dkimZone: ZONE,
      status: 'verified',
    };
    made.set(name, found);
    return found;
  },
  remove: async (name) => void made.delete(name),
  region: async () => 'us-east-1',
};

/** A name server with DKIM records, another's bounce server and nothing else. */
const dns = {
  async lookUp(type: string, name: string) {
    if (type === 'CNAME') return [`${name.split('.')[0]}.${ZONE}`];
    return type === 'MX' ? ['10 mx.elsewhere.example'] : [];
  },
};

export const tested: FunctionUnderTest = {
  name: 'manage-domains',
  routes: Object.values(routes),
  handler: (deps, table) =>
    createHandler({
      ...deps,
      domains: domainStore(table),
      places: domainPlaces(table),
      identities,
      notices: noticeStore(table),
      dns,
      times: times(1),
    }),
};
