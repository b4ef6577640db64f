import { GetEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { maySendFrom } from '../../lambdas/core/domain/domain.ts';
import { domainWorld, HOUR, type Shared, startDomains } from './domain-world.ts';

let shared: Shared;
beforeAll(async () => {
  shared = await startDomains();
});
afterAll(() => shared.stop());

const world = () => domainWorld(shared);

/** A domain that one account has, verified or waited for in vain, and an account that wants it. */
async function contested(history: 'verified' | 'failed') {
  const mine = world();
  const theirs = domainWorld(shared, { clock: mine.clock });
  const { body } = await mine.live('add');
  if (history === 'verified') await mine.verified();
  else {
    mine.clock.now += 72 * HOUR;
    expect((await mine.live('verify')).body.status).toBe('failed');
  }
  return { mine, theirs, name: mine.name, body };
}

describe('a domain of another account', () => {
  it('cannot be added, and the answer is one, whoever has it and in whatever state', async () => {
    const verified = await contested('verified');
    const stranger = world();
    const one = await stranger.live('add', verified.name);
    expect(one).toMatchObject({ status: 409, body: { error: 'Conflict' } });
    const pending = world();
    await pending.live('add');
    const two = await stranger.live('add', pending.name);
    expect(two.text).toBe(one.text);
    await verified.mine.live('remove');
    expect((await stranger.live('add', verified.name)).text).toBe(one.text);
    for (const { account } of [verified.mine, pending]) expect(one.text).not.toContain(account);
  });

  it.each(['one', 'verify', 'remove'] as const)(
    'gets at %s the very answer of a domain that nobody has',
    async (route) => {
      const { mine, theirs, name } = await contested('verified');
      const foreign = await theirs.live(route, name);
      expect(foreign).toMatchObject({ status: 404, body: { error: 'Not found' } });
      for (const other of ['nobody.example', 'x', 'co.uk', '', `${name}#`]) {
        expect((await theirs.live(route, other)).text).toBe(foreign.text);
      }
      expect((await mine.live('one')).body.status).toBe('verified');
      expect((await theirs.live('list')).body.data).toEqual([]);
    },
  );
});

describe('a domain that was never verified', () => {
  it('may be claimed by another account once it has failed, with an identity of its own', async () => {
    const { mine, theirs, name } = await contested('failed');
    expect((await mine.live('list')).body.data).toHaveLength(1);
    const added = await theirs.live('add', name);
    expect(added).toMatchObject({ status: 201, body: { status: 'pending' } });
    const found = await mine.client.send(new GetEmailIdentityCommand({ EmailIdentity: name }));
    expect(found.Tags).toEqual([{ Key: 'ml-account', Value: theirs.account }]);
    expect((await mine.live('one')).status).toBe(404);
    expect((await mine.live('list')).body.data).toEqual([]);
    expect((await mine.live('remove')).status).toBe(404);
    expect((await theirs.live('one', name)).status).toBe(200);
  });

  it('stays with its account while its records are in DNS, or while nobody can say', async () => {
    const { mine, theirs, name, body } = await contested('failed');
    mine.publish({ records: body.records.slice(2, 3) });
    expect((await theirs.live('add', name)).status).toBe(409);
    shared.zone.set(`CNAME ${body.records[2].name}`, undefined);
    expect((await theirs.live('add', name)).status).toBe(409);
    mine.unpublish(body);
    expect((await theirs.live('add', name)).status).toBe(201);
  });

  it('stays with its account when that begins again first', async () => {
    const { mine, theirs, name } = await contested('failed');
    expect((await mine.live('verify')).body.status).toBe('pending');
    expect((await theirs.live('add', name)).status).toBe(409);
  });

  it('has one owner and one identity when both move at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { mine, theirs, name } = await contested('failed');
      const [again, added] = await Promise.all([mine.live('verify'), theirs.live('add', name)]);
      const owner = (await mine.domains.find(name))?.account;
      expect([again.status, added.status]).toEqual(
        owner === mine.account ? [200, 409] : [404, 201],
      );
      const found = await mine.client.send(new GetEmailIdentityCommand({ EmailIdentity: name }));
      expect(found.Tags).toEqual([{ Key: 'ml-account', Value: owner }]);
    }
  });

  it('is free at once when it is deleted', async () => {
    const { mine, theirs, name } = await contested('failed');
    expect((await mine.live('remove')).status).toBe(204);
    expect((await theirs.live('add', name)).status).toBe(201);
  });

  it('whose taking over was cut short is finished by the new account, and only by that', async () => {
    const { mine, theirs, name } = await contested('failed');
    const seen = await mine.domains.find(name);
    if (!seen) throw new Error('There is a domain.');
    const former = { account: mine.account, dkimTokens: seen.dkimTokens };
    const fresh = {
      createdAt: seen.createdAt,
      pendingSince: new Date(mine.clock.now).toISOString(),
    };
    await mine.domains.takeOver(
      { name, account: theirs.account, status: 'pending', dkimTokens: [], ...fresh, former },
      seen,
    );
    expect((await mine.live('verify')).status).toBe(404);
    expect((await theirs.live('verify', name)).body.records).toHaveLength(6);
    const found = await mine.client.send(new GetEmailIdentityCommand({ EmailIdentity: name }));
    expect(found.Tags).toEqual([{ Key: 'ml-account', Value: theirs.account }]);
  });
});

describe('a domain that was verified once', () => {
  it('changes hands only after it is deleted and its old CNAMEs are gone from DNS', async () => {
    const { mine, theirs, name, body } = await contested('verified');
    expect((await mine.live('remove')).status).toBe(204);
    expect((await mine.live('one')).status).toBe(404);
    expect((await theirs.live('add', name)).status).toBe(409);
    mine.unpublish({ records: body.records.slice(1) });
    expect((await theirs.live('add', name)).status).toBe(409);
    shared.zone.set(`CNAME ${body.records[0].name}`, undefined);
    expect((await theirs.live('add', name)).status).toBe(409);
    mine.unpublish(body);
    expect((await theirs.live('add', name)).status).toBe(201);
  });

  it('does not change hands while one of its old CNAMEs leads to another zone of SES', async () => {
    const { mine, theirs, name, body } = await contested('verified');
    await mine.live('remove');
    mine.unpublish(body);
    const [{ name: host, value }] = body.records;
    shared.zone.set(`CNAME ${host}`, [value.replace('local-1', 'eu-south-1')]);
    expect((await theirs.live('add', name)).status).toBe(409);
    shared.zone.set(`CNAME ${host}`, ['elsewhere.example']);
    expect((await theirs.live('add', name)).status).toBe(201);
  });

  it('may come back to the account that deleted it, whatever DNS says', async () => {
    const { mine, name } = await contested('verified');
    await mine.live('remove');
    expect((await mine.live('add')).status).toBe(201);
    await mine.sesSays('verify', name);
    expect((await mine.live('verify')).body.status).toBe('verified');
  });

  it('keeps the rule when it was added again and deleted unverified', async () => {
    const { mine, theirs, name, body } = await contested('verified');
    await mine.live('remove');
    await mine.live('add');
    await mine.live('remove');
    expect((await theirs.live('add', name)).status).toBe(409);
    mine.unpublish(body);
    expect((await theirs.live('add', name)).status).toBe(201);
  });
});

describe('deleting a domain', () => {
  it('removes its identity, its place and its right to send', async () => {
    const { live, name, account, client, domains, places, verified } = world();
    await verified();
    expect(maySendFrom(await domains.find(name), account)).toBe(true);
    expect(await live('remove')).toMatchObject({ status: 204, text: '' });
    expect(maySendFrom(await domains.find(name), account)).toBe(false);
    expect(await places.list(account)).toEqual([]);
    const gone = client.send(new GetEmailIdentityCommand({ EmailIdentity: name }));
    await expect(gone).rejects.toMatchObject({ name: 'NotFoundException' });
    expect((await live('remove')).status).toBe(404);
  });

  it('is not undone by a check that was under way', async () => {
    const { live, name, domains, verified } = world();
    await verified();
    const seen = await domains.find(name);
    await live('remove');
    if (!seen) throw new Error('There was a domain.');
    expect(await domains.keep(seen, { status: 'verified' })).toBeUndefined();
    expect(await domains.find(name)).toBeUndefined();
  });
});
