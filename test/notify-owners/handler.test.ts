import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { aDomain } from '../core/email/fakes.ts';
import { bounce } from '../manage-suppressions/suppression-world.ts';
import { tellWorld } from './tell-world.ts';

let fixture: TestTable;
let world: ReturnType<typeof tellWorld>;
beforeEach(async () => {
  fixture = await startTable();
  world = tellWorld(fixture.table);
});
afterEach(() => fixture.stop());

const HOUR = 3_600_000;

describe('telling owners', () => {
  it('mails what happened and what to do, from the operator’s domain, and takes it off the index', async () => {
    const { id, domain } = await world.operator();
    const owner = await world.owned();
    await world.notice(owner, { kind: 'domain_demoted', about: 'shop.example' });
    await world.run();
    const [email] = [...(await world.sent()).values()];
    expect(email).toMatchObject({
      account: id,
      environment: 'live',
      from: `Maillayer <notices@${domain.name}>`,
      to: 'ada@example.org',
      subject: 'shop.example can no longer send',
    });
    expect(world.contents[0]?.content.text).toMatch(/account "Shop"\.\n\nMost is used\.\n\n/);
    expect(world.outcomes()).toEqual(['sent']);
    expect(await world.due()).toEqual([]);
    await world.run();
    expect((await world.sent()).size).toBe(1);
  });

  it('takes the oldest active account of the operator that has a verified domain, and its oldest one', async () => {
    const day = (number: number) => ({ createdAt: `2025-01-0${number}T00:00:00.000Z` });
    await world.account(day(1));
    await world.operator(day(1), { ...day(2), status: 'suspended' });
    await world.operator({ ...day(1), status: 'pending' }, day(3));
    await world.operator(day(1), day(5));
    const { id: older } = await world.operator(day(6), day(4));
    for (const [name, number] of [
      ['second.example', 4],
      ['first.example', 2],
      ['third.example', 5],
    ] as const) {
      await world.domains.claim(aDomain({ name, account: older, ...day(number) }));
    }
    await world.notice(await world.owned());
    await world.run();
    const [email] = [...(await world.sent()).values()];
    expect(email).toMatchObject({ account: older, from: 'Maillayer <notices@first.example>' });
  });

  it('mails a notice once, though it is put again', async () => {
    await world.operator();
    const owner = await world.owned();
    await world.notice(owner);
    await world.run();
    await world.notice(owner);
    await world.run();
    expect((await world.sent()).size).toBe(1);
    await world.notice(owner, { occurrence: '2026-12' });
    await world.run();
    expect((await world.sent()).size).toBe(2);
  });

  it.each(['address', 'put', 'settle'] as const)(
    'sends nothing twice when it dies at %s, even if the operator’s domains have changed since',
    async (step) => {
      const { domain } = await world.operator();
      const owner = await world.owned();
      await world.notice(owner);
      const die = () => Promise.reject(new Error('Died.'));
      const { notices, emails } = world.deps;
      const dying = {
        address: { notices: { ...notices, address: die, postpone: die } },
        put: { emails: { ...emails, put: die }, notices: { ...notices, postpone: die } },
        settle: { notices: { ...notices, settle: die, postpone: die } },
      };
      await expect(world.run(dying[step])).rejects.toThrow('Died.');
      // An older one, which would be taken if nothing had been written down.
      const createdAt = '2025-01-01T00:00:00.000Z';
      await world.operator({ createdAt }, { createdAt });
      await world.run();
      const sent = [...(await world.sent()).values()];
      expect(sent).toHaveLength(1);
      if (step !== 'address') expect(sent[0]?.from).toContain(domain.name);
      expect(await world.due()).toEqual([]);
    },
  );

  it('sends nothing twice when two runs meet', async () => {
    await world.operator();
    const owners = await Promise.all([1, 2, 3].map(() => world.owned()));
    await Promise.all(owners.map((each) => world.notice(each)));
    await Promise.all([world.run(), world.run(), world.run()]);
    expect((await world.sent()).size).toBe(3);
  });

  it.each([
    ['pending', 'no operator domain'],
    ['failed', 'no operator domain'],
  ] as const)('leaves it a banner while the operator’s domain is %s', async (status, outcome) => {
    await world.operator({ status });
    await world.notice(await world.owned());
    await world.run();
    await world.run();
    expect(world.outcomes()).toEqual([outcome]);
    expect(await world.due()).toEqual([]);
    expect((await world.sent()).size).toBe(0);
  });

  it('leaves it a banner without an operator, without an owner, and without an address', async () => {
    await world.notice(await world.owned());
    await world.run();
    await world.operator();
    await world.notice(await world.account());
    await world.notice(await world.account({ owner: { sub: 'someone' } }));
    await world.run();
    expect(world.outcomes()).toEqual(['no operator domain', 'no address', 'no address']);
    expect((await world.sent()).size).toBe(0);
  });

  it('says why our own pipeline refused it', async () => {
    const { id } = await world.operator();
    await world.suppressions.add(id, bounce({ address: 'ada@example.org' }));
    await world.notice(await world.owned());
    await world.run();
    expect(world.outcomes()).toEqual(['refused: suppressed']);
    expect(await world.due()).toEqual([]);
  });

  it('tries again after a failure of our own, lets the others go first, and gives up after a day', async () => {
    await world.operator();
    const [first, second] = [await world.owned('first@example.org'), await world.owned()];
    await world.notice(first as typeof second, { at: world.clock.now - 1 });
    await world.notice(second);
    const { queue } = world.deps;
    let calls = 0;
    const flaky = {
      async send(message: Parameters<typeof queue.send>[0]) {
        calls += 1;
        if (calls === 1) throw new Error('No queue.');
        await queue.send(message);
      },
    };
    await world.run({ queue: flaky });
    expect([...(await world.sent()).values()].map(({ to }) => to)).toEqual(['ada@example.org']);
    expect(world.lines).toContainEqual(expect.objectContaining({ message: 'notice not sent' }));
    expect(await world.due()).toEqual([]);
    world.clock.now += HOUR;
    expect(await world.due()).toHaveLength(1);
    const down = { send: () => Promise.reject(new Error('No queue.')) };
    await world.run({ queue: down });
    world.clock.now += 25 * HOUR;
    await world.run({ queue: down });
    expect(world.outcomes()).toEqual(['sent', 'given up']);
    expect(await world.due()).toEqual([]);
  });

  it('writes no address and no words of a notice into the log', async () => {
    await world.operator();
    await world.notice(await world.owned());
    await world.run();
    const text = JSON.stringify(world.lines);
    expect(text).not.toContain('ada@');
    expect(text).not.toContain('Most is used');
  });
});
