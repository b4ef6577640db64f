import { GetEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDomainIdentities } from '../../lambdas/core/aws/identities.ts';

import { addDomain } from '../../lambdas/core/domain/add.ts';
import { removeDomain } from '../../lambdas/core/domain/remove.ts';
import { type VerifyDeps, verifyDomain } from '../../lambdas/core/domain/verify.ts';
import { domainWorld, HOUR, type Shared, startDomains, TIMES } from './domain-world.ts';

let shared: Shared;
beforeAll(async () => {
  shared = await startDomains();
});
afterAll(() => shared.stop());

class Crash extends Error {}

/** Ports that work until call number `last` is done, whose answer and all later calls are a crash. */
function until(last: number, deps: VerifyDeps): VerifyDeps {
  let calls = 0;
  const wrap = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, key) {
        const method = Reflect.get(target, key) as (...args: unknown[]) => Promise<unknown>;
        return async (...args: unknown[]) => {
          calls += 1;
          if (calls > last) throw new Crash();
          const result = await method.apply(target, args);
          if (calls === last) throw new Crash();
          return result;
        };
      },
    });
  return {
    ...deps,
    domains: wrap(deps.domains),
    places: wrap(deps.places),
    identities: wrap(deps.identities),
  };
}

/** Lets `work` crash after each of its steps in turn, until it ends without; how many steps there were. */
async function crashEverywhere(work: (last: number) => Promise<void>): Promise<number> {
  for (let last = 1; ; last += 1) {
    try {
      await work(last);
      return last;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }
}

function world() {
  const mine = domainWorld(shared, { plan: 'Free' });
  const { domains, places, notices, clock, account, name, client } = mine;
  const identities = openDomainIdentities();
  const deps: VerifyDeps = {
    domains,
    places,
    identities,
    notices,
    dns: shared.dns,
    times: TIMES,
    now: () => clock.now,
  };
  const wanted = { name, account, limit: 1 };
  const tag = async () => {
    try {
      const { Tags } = await client.send(new GetEmailIdentityCommand({ EmailIdentity: name }));
      return Tags?.[0]?.Value;
    } catch {
      return undefined;
    }
  };
  return { ...mine, deps, wanted, tag };
}

describe('a crash after any step', () => {
  it('of adding is repaired by adding again', async () => {
    const steps = await crashEverywhere(async (last) => {
      const { deps, wanted, live, places, account, name, tag } = world();
      try {
        await addDomain(wanted, until(last, deps));
      } finally {
        expect((await live('add')).status).toBeLessThan(202);
        expect((await live('one')).body.records).toHaveLength(6);
        expect(await places.list(account)).toEqual([name]);
        expect(await tag()).toBe(account);
      }
    });
    expect(steps).toBeGreaterThan(4);
  });

  it('of adding leaves no place behind that another domain of the account would miss', async () => {
    await crashEverywhere(async (last) => {
      const { deps, wanted, live, account, tag } = world();
      const other = `other.${account}.example`;
      try {
        await addDomain(wanted, until(last, deps));
      } finally {
        expect((await live('remove')).status).toBe(204);
        expect(await tag()).toBeUndefined();
        expect((await live('add', other)).status).toBe(201);
      }
    });
  });

  it('of deleting is repaired by deleting again', async () => {
    const steps = await crashEverywhere(async (last) => {
      const { deps, live, places, account, name, domains, tag, verified } = world();
      await verified();
      const domain = await domains.find(name);
      if (!domain) throw new Error('There is a domain.');
      try {
        await removeDomain(domain, until(last, deps));
      } finally {
        expect([204, 404]).toContain((await live('remove')).status);
        expect(await places.list(account)).toEqual([]);
        expect(await tag()).toBeUndefined();
        expect((await domains.findReleased(name))?.account).toBe(account);
      }
    });
    expect(steps).toBeGreaterThan(3);
  });

  it('of taking a failed name over is repaired by adding again, and by nobody else', async () => {
    const steps = await crashEverywhere(async (last) => {
      const former = world();
      await former.live('add');
      former.clock.now += 72 * HOUR;
      await former.live('verify');
      const { deps, wanted, account } = world();
      const next = { ...wanted, name: former.name };
      try {
        await addDomain(next, until(last, { ...deps, now: () => former.clock.now }));
      } finally {
        const added = await addDomain(next, deps);
        expect('domain' in added && added.domain.dkimTokens).toHaveLength(3);
        expect(await former.tag()).toBe(account);
        expect((await former.live('one')).status).toBe(404);
      }
    });
    expect(steps).toBeGreaterThan(6);
  });

  it('of starting over is repaired by Verify', async () => {
    const steps = await crashEverywhere(async (last) => {
      const { deps, live, publish, sesSays, domains, name, account, tag, clock } = world();
      publish((await live('add')).body);
      clock.now += 72 * HOUR;
      expect((await live('verify')).body.status).toBe('failed');
      const domain = await domains.find(name);
      if (!domain) throw new Error('There is a domain.');
      try {
        await verifyDomain(domain, 1, until(last, deps));
      } finally {
        await live('verify');
        expect(await tag()).toBe(account);
        await sesSays('verify');
        expect((await live('verify')).body.status).toBe('verified');
      }
    });
    expect(steps).toBeGreaterThan(5);
  });
});
