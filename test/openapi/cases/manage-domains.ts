import { DEFAULT_PLANS } from '../../../lambdas/core/contract/plans.ts';
import { times } from '../../../lambdas/core/contract/times.ts';
import type { Domain } from '../../../lambdas/core/domain/domain.ts';
import type {
  DomainIdentities,
  DomainIdentity,
} from '../../../lambdas/core/domain/domain-identities.ts';
import { domainPlaces } from '../../../lambdas/core/table/domain-places.ts';
import { domainStore } from '../../../lambdas/core/table/domain-store.ts';
import { noticeStore } from '../../../lambdas/core/table/notice-store.ts';
import { createHandler } from '../../../lambdas/manage-domains/handler.ts';
import { routes } from '../../../lambdas/manage-domains/route.ts';
import { aDomain } from '../../core/email/fakes.ts';
import type { FunctionUnderTest, World } from '../world.ts';

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

const nameOf = ({ account }: World, more = '') => `m${more}${account}.example.com`;
const add = (world: World, more = '') =>
  world.call('addDomain', { body: { name: nameOf(world, more) } });

/** A name that is claimed on the table. */
async function claimed(world: World, changes: Partial<Domain> = {}) {
  const name = nameOf(world);
  const domain = aDomain({ name, account: world.account, ...changes });
  await domainStore(world.table).claim(domain);
  return { path: { name } };
}

/** Adds as many domains as the plan has room for. */
async function fill(world: World) {
  const most = DEFAULT_PLANS.Starter?.domains ?? 0;
  for (let i = 0; i < most; i += 1) await add(world, String(i));
}

const onAdded = (operation: string) => async (world: World) => {
  await add(world);
  return world.call(operation, { path: { name: nameOf(world) } });
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
  cases: {
    listDomains: {
      async 200(world) {
        await add(world, '1');
        await onAdded('verifyDomain')(world);
        return world.call('listDomains');
      },
    },
    addDomain: {
      201: add,
      async 200(world) {
        await add(world);
        return add(world);
      },
      async Conflict(world) {
        await claimed(world, { account: 'c'.repeat(24) });
        return add(world);
      },
      async 'Plan limit reached'(world) {
        await fill(world);
        return add(world);
      },
    },
    getDomain: { 200: onAdded('getDomain') },
    removeDomain: { 204: onAdded('removeDomain') },
    verifyDomain: {
      200: onAdded('verifyDomain'),
      async Conflict(world) {
        made.set(nameOf(world), { dkimTokens: [], status: 'verified' });
        return world.call('verifyDomain', await claimed(world, { status: 'failed' }));
      },
      async 'Plan limit reached'(world) {
        const given = await claimed(world, { status: 'failed' });
        await fill(world);
        return world.call('verifyDomain', given);
      },
    },
  },
};
