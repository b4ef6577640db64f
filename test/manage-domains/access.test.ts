import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountStore } from '../../lambdas/core/account/account.ts';
import type { ApiKey } from '../../lambdas/core/api-key/api-key.ts';
import type { routes } from '../../lambdas/manage-domains/route.ts';
import { anAccount, only } from '../core/email/fakes.ts';
import { domainWorld, type Shared, startDomains } from './domain-world.ts';

let shared: Shared;
beforeAll(async () => {
  shared = await startDomains();
});
afterAll(() => shared.stop());

type Route = keyof typeof routes;

const OTHER = 'other.example';

/** What a key gets of an account's own domain; `bound` stands for a key that is bound to it. */
async function statusOf(route: Route, key: Partial<ApiKey>, bound?: 'own' | 'other') {
  const { as, live, name } = domainWorld(shared);
  if (route !== 'add') await live('add');
  const domain = bound === 'own' ? name : OTHER;
  return (await as({ ...key, ...(bound ? { domain } : {}) })(route)).status;
}

describe('a key of the account', () => {
  const live = { scope: 'full', environment: 'live' } as const;
  const test = { scope: 'full', environment: 'test' } as const;
  const send = { scope: 'send', environment: 'live' } as const;

  // Written by hand: full live, full test, send, full bound to this domain, full bound to another.
  it.each<[Route, number, number, number, number, number]>([
    ['list', 200, 200, 403, 403, 403],
    ['add', 201, 403, 403, 403, 403],
    ['one', 200, 200, 403, 200, 404],
    ['verify', 200, 403, 403, 403, 403],
    ['remove', 204, 403, 403, 403, 403],
  ])('gets at %s what its scope, environment and domain allow', async (route, ...wanted) => {
    const got = [
      await statusOf(route, live),
      await statusOf(route, test),
      await statusOf(route, send),
      await statusOf(route, live, 'own'),
      await statusOf(route, live, 'other'),
    ];
    expect(got).toEqual(wanted);
  });

  it('of the test environment changes nothing, and is told which key does', async () => {
    const { as, live, name } = domainWorld(shared);
    await live('add');
    const before = (await live('one')).text;
    for (const route of ['add', 'verify', 'remove'] as const) {
      const answer = await as({ environment: 'test' })(route, name);
      expect(answer).toMatchObject({ status: 403, body: { error: 'Forbidden' } });
      expect(answer.body.message).toContain('ml_live_');
    }
    expect((await live('one')).text).toBe(before);
  });
});

describe('a suspended account', () => {
  it('may still read and manage its domains: what it may not do is send', async () => {
    const find = async (id: string) => anAccount({ id, status: 'suspended' });
    const accounts = only<AccountStore>('accounts', { find });
    const { live } = domainWorld(shared, { accounts });
    for (const route of ['add', 'list', 'one', 'verify', 'remove'] as const) {
      expect((await live(route)).status).toBeLessThan(300);
    }
  });
});
