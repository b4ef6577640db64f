import { describe, expect, it } from '@jest/globals';
import { times } from '../../../lambdas/core/contract/times.ts';
import type { Domain } from '../../../lambdas/core/domain/domain.ts';
import { type RecheckDeps, recheck } from '../../../lambdas/core/domain/recheck.ts';
import { aDomain, NOW } from '../email/fakes.ts';

const TIMES = times(1);

/** A schedule over domains in memory, whose identities SES does not know; the index never forgets one. */
function schedule(domains: readonly Domain[]) {
  const kept = new Map(domains.map((domain) => [domain.name, domain]));
  const asked: string[] = [];
  const failures: string[] = [];
  const slept: number[] = [];
  const deps: RecheckDeps = {
    domains: {
      find: async (name) => kept.get(name),
      due: async () => [...kept.keys()],
      keep: async (domain, change) => {
        const after = { ...domain, ...change } as Domain;
        kept.set(domain.name, after);
        return after;
      },
    },
    identities: {
      region: async () => 'eu-west-1',
      find: async (name) => {
        asked.push(name);
        if (name.startsWith('broken')) throw new Error('SES is away.');
        return undefined;
      },
    },
    dns: { lookUp: async () => [] },
    notices: { put: async () => undefined },
    times: TIMES,
    now: () => NOW,
    sleep: async (ms) => void slept.push(ms),
    onFailure: (name) => void failures.push(name),
  };
  return { run: (left = () => 60_000) => recheck(deps, left), kept, asked, failures, slept };
}

const waiting = (name: string, changes: Partial<Domain> = {}) =>
  aDomain({ name, status: 'pending', dkimTokens: ['a', 'b', 'c'], nextCheckAt: NOW, ...changes });

const LONG_AGO = new Date(NOW - TIMES.domainGiveUp - 1).toISOString();
const JUST_NOW = new Date(NOW - 1).toISOString();

describe('a run of the schedule', () => {
  it('counts what it checked, what changed and what failed, and goes once through a slow index', async () => {
    const { run, asked, failures, slept } = schedule([
      waiting('same.example', { createdAt: JUST_NOW }),
      waiting('gone.example', { createdAt: LONG_AGO }),
      waiting('broken.example', { createdAt: JUST_NOW }),
    ]);
    expect(await run()).toEqual({ checked: 2, changed: 1, failed: 1, rest: false });
    expect(asked).toEqual(['same.example', 'gone.example', 'broken.example']);
    expect(failures).toEqual(['broken.example']);
    expect(slept).toEqual([1000, 1000, 1000]);
  });

  it('leaves alone what is not due any more, and what is never due', async () => {
    const { nextCheckAt: _, ...never } = waiting('never.example');
    const { run, asked } = schedule([waiting('later.example', { nextCheckAt: NOW + 1 }), never]);
    expect(await run()).toEqual({ checked: 0, changed: 0, failed: 0, rest: false });
    expect(asked).toEqual([]);
  });

  it('puts one that cannot be checked behind the others', async () => {
    const { run, kept } = schedule([waiting('broken.example')]);
    await run();
    expect(kept.get('broken.example')?.nextCheckAt).toBe(NOW + TIMES.domainLoss);
  });

  it('begins nothing that it may have no time for', async () => {
    const times = [15_000, 14_999];
    const { run, asked } = schedule([waiting('a.example'), waiting('b.example')]);
    expect(await run(() => times.shift() ?? 0)).toMatchObject({ rest: true });
    expect(asked).toEqual(['a.example']);
  });
});
