import { DeleteEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openDomainIdentities } from '../../lambdas/core/aws/identities.ts';
import { NOW } from '../core/email/fakes.ts';
import { CONTEXT } from '../core/queue/fake-batch.ts';
import {
  domainWorld,
  HOUR,
  type Shared,
  startDomains,
  TIMES,
} from '../manage-domains/domain-world.ts';

let shared: Shared;
// Each test has a year of its own: what earlier ones left is checked by theirs.
let clock = { now: NOW };
beforeAll(async () => {
  shared = await startDomains();
});
afterAll(() => shared.stop());
beforeEach(() => {
  clock = { now: clock.now + 365 * 24 * HOUR };
});

const MINUTE = HOUR / 60;
const world = () => domainWorld(shared, { clock });

/** Lets time pass, with a run of the schedule every `step`. */
async function pass(hours: number, { recheck }: { recheck(): Promise<void> }, step = HOUR) {
  const end = clock.now + hours * HOUR;
  while (clock.now < end) {
    clock.now += step;
    await recheck();
  }
}

describe('the schedule', () => {
  it('verifies a pending domain once its records are there', async () => {
    const mine = world();
    const { body } = await mine.live('add');
    await pass(1, mine, 5 * MINUTE);
    expect((await mine.live('one')).body.status).toBe('pending');
    mine.publish(body);
    await mine.sesSays('verify');
    await pass(1, mine, 5 * MINUTE);
    const { status, reason, checkedAt } = (await mine.live('one')).body;
    expect({ status, reason }).toEqual({ status: 'verified', reason: null });
    expect(Date.parse(checkedAt)).toBeGreaterThan(clock.now - HOUR);
  });

  it('looks at a pending domain after growing pauses', async () => {
    const mine = world();
    await mine.live('add');
    const pauses: number[] = [];
    for (let last = clock.now; (await mine.domains.find(mine.name))?.status === 'pending'; ) {
      clock.now = (await mine.domains.find(mine.name))?.nextCheckAt ?? clock.now;
      pauses.push(clock.now - last);
      last = clock.now;
      await mine.recheck();
    }
    expect(pauses[0]).toBe(TIMES.domainPauseLeast);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses.at(-1)).toBe(TIMES.domainPauseMost);
    expect(pauses.length).toBeLessThan(60);
  });

  it('gives up after 72 hours with the reason, and looks no more until Verify is called', async () => {
    const mine = world();
    await mine.live('add');
    await pass(71, mine);
    expect((await mine.live('one')).body.status).toBe('pending');
    await pass(5, mine);
    const { body } = await mine.live('one');
    expect(body.status).toBe('failed');
    expect(body.reason).toMatch(
      /^The domain was not verified within 72 hours\. All 3 required CNAME records are missing from DNS\. .* Fix this, then verify again\.$/,
    );
    expect((await mine.domains.find(mine.name))?.nextCheckAt).toBeUndefined();
    await pass(24, mine);
    expect((await mine.live('one')).body).toEqual(body);
    expect((await mine.live('verify')).body.status).toBe('pending');
    await pass(70, mine);
    expect((await mine.live('one')).body.status).toBe('pending');
    await pass(6, mine);
    expect((await mine.live('one')).body.status).toBe('failed');
  });

  it('fails a claim whose adding was never finished', async () => {
    const mine = world();
    const createdAt = new Date(clock.now).toISOString();
    const claim = { name: mine.name, account: mine.account, dkimTokens: [], createdAt };
    await mine.domains.claim({ ...claim, status: 'pending', nextCheckAt: clock.now });
    await pass(76, mine);
    const { body } = await mine.live('one');
    expect(body).toMatchObject({ status: 'failed' });
    expect(body.reason).toContain('SES does not have this domain.');
  });

  it('demotes a verified domain whose DKIM is gone from DNS, but not for a moment’s absence', async () => {
    const mine = world();
    const verified = await mine.verified();
    await pass(25, mine);
    expect((await mine.live('one')).body).toMatchObject({ status: 'verified', reason: null });
    mine.unpublish(verified);
    clock.now += 24 * HOUR;
    await mine.recheck();
    const warned = (await mine.live('one')).body;
    expect(warned.status).toBe('verified');
    expect(warned.reason).toContain('is about to lose its verification. All 3 required');
    mine.publish(verified);
    clock.now += HOUR;
    await mine.recheck();
    expect((await mine.live('one')).body).toMatchObject({ status: 'verified', reason: null });

    mine.unpublish(verified);
    await pass(26, mine);
    const demoted = (await mine.live('one')).body;
    expect(demoted).toMatchObject({ status: 'pending', verifiedAt: verified.verifiedAt });
    expect(demoted.reason).toContain('lost its verification and cannot send.');
    mine.publish(verified);
    await pass(25, mine);
    expect((await mine.live('one')).body).toMatchObject({ status: 'verified', reason: null });
  });

  it('does not demote a domain because its name servers are silent', async () => {
    const mine = world();
    const { records } = await mine.verified();
    for (const { type, name } of records) shared.zone.set(`${type} ${name}`, undefined);
    await pass(80, mine);
    expect((await mine.live('one')).body).toMatchObject({ status: 'verified', reason: null });
  });

  it('demotes at once what SES does not have any more', async () => {
    const mine = world();
    await mine.verified();
    await mine.client.send(new DeleteEmailIdentityCommand({ EmailIdentity: mine.name }));
    await pass(25, mine);
    const { body } = await mine.live('one');
    expect(body).toMatchObject({ status: 'pending' });
    expect(body.reason).toContain('SES does not have this domain.');
  });

  it('has the owner told once of a demotion and once of a failure, and not of Verify in between', async () => {
    const mine = world();
    await mine.verified();
    await mine.client.send(new DeleteEmailIdentityCommand({ EmailIdentity: mine.name }));
    const told = async () => {
      const refs = await mine.notices.due(clock.now, 1000);
      return refs.flatMap(({ account, id }) =>
        account === mine.account ? [id.split('#')[0]] : [],
      );
    };
    await pass(25, mine);
    expect(await told()).toEqual(['domain_demoted']);
    await pass(48, mine);
    expect(await told()).toEqual(['domain_demoted']);
    await pass(48, mine);
    expect((await mine.live('one')).body.status).toBe('failed');
    expect(await told()).toEqual(['domain_demoted', 'domain_failed']);
    await mine.live('verify');
    await mine.recheck();
    expect(await told()).toEqual(['domain_demoted', 'domain_failed']);
  });

  it('leaves deleted domains alone', async () => {
    const mine = world();
    await mine.verified();
    await mine.live('remove');
    await pass(50, mine);
    expect(await mine.domains.find(mine.name)).toBeUndefined();
    expect((await mine.domains.findReleased(mine.name))?.account).toBe(mine.account);
  });

  it('goes on to the others when one cannot be checked, and tries that one later', async () => {
    const [broken, sound] = [world(), world()];
    await broken.live('add');
    await sound.live('add');
    clock.now += 10 * MINUTE;
    const real = openDomainIdentities();
    const find = async (name: string) => {
      if (name === broken.name) throw new Error('SES has its moments.');
      return real.find(name);
    };
    await sound.recheck({ identities: { ...real, find } });
    expect((await sound.live('one')).body.checkedAt).not.toBeNull();
    expect((await broken.live('one')).body.checkedAt).toBeNull();
    expect((await broken.domains.find(broken.name))?.nextCheckAt).toBe(clock.now + HOUR);
    const failures = sound.lines.filter(({ message }) => message === 'domain not checked');
    expect(failures.map(({ fields }) => fields)).toEqual([{ domain: broken.name }]);
    const [run] = sound.lines.filter(({ message }) => message === 'rechecked');
    expect(run?.fields).toMatchObject({ failed: 1, rest: false });
  });

  it('begins no check for which there is no time', async () => {
    const mine = world();
    await mine.live('add');
    clock.now += 10 * MINUTE;
    const context = { ...CONTEXT, getRemainingTimeInMillis: () => 14_000 };
    await mine.recheck({}, context);
    expect((await mine.live('one')).body.checkedAt).toBeNull();
    const [run] = mine.lines.filter(({ message }) => message === 'rechecked');
    expect(run?.fields).toEqual({ checked: 0, changed: 0, failed: 0, rest: true });
  });

  it('asks SES once a second', async () => {
    const worlds = [world(), world(), world()];
    for (const { live } of worlds) await live('add');
    clock.now += 10 * MINUTE;
    const slept: number[] = [];
    await worlds[0]?.recheck({ sleep: async (ms) => void slept.push(ms) });
    expect(slept.length).toBeGreaterThanOrEqual(3);
    expect(new Set(slept)).toEqual(new Set([1000]));
  });
});
