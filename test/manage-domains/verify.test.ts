import { CreateEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { safeParse } from 'valibot';
import { domainSchema } from '../../lambdas/core/domain/view.ts';
import { aDomain, NOW } from '../core/email/fakes.ts';
import { domainWorld, HOUR, type Shared, startDomains } from './domain-world.ts';

let shared: Shared;
beforeAll(async () => {
  shared = await startDomains();
});
afterAll(() => shared.stop());

const world = () => domainWorld(shared);
const AT = new Date(NOW).toISOString();

type Record = { purpose: string; status: string; found: string[]; name: string; value: string };
const statuses = (body: { records: Record[] }) => body.records.map(({ status }) => status);

describe('verifying a domain', () => {
  it('says per record what is found, missing or different, and what is there instead', async () => {
    const { live, name, publish } = world();
    const { body } = await live('add');
    const [first, second, third] = body.records;
    publish(body, 'spf');
    shared.zone.set(`CNAME ${first.name}`, [first.value]);
    shared.zone.set(`CNAME ${second.name}`, ['old.dkim.amazonses.com']);
    shared.zone.set(`MX bounce.${name}`, ['10 mx.shop.example']);
    shared.zone.set(`TXT _dmarc.${name}`, ['v=DMARC1; p=reject']);
    const checked = (await live('verify')).body;
    expect(statuses(checked)).toEqual([
      'found',
      'different',
      'missing',
      'different',
      'found',
      'found',
    ]);
    expect(checked.records[1].found).toEqual(['old.dkim.amazonses.com']);
    expect(checked.records[5].found).toEqual(['v=DMARC1; p=reject']);
    expect(checked).toMatchObject({ status: 'pending', checkedAt: AT, verifiedAt: null });
    expect(checked.reason).toBe(
      '1 of the 3 required CNAME records is missing from DNS, and 1 has a different value. Add them exactly as shown; DNS changes can take hours to appear.',
    );
    expect((await live('one')).body).toEqual(checked);
    shared.zone.set(`CNAME ${third.name}`, undefined);
    const silent = (await live('verify')).body;
    expect(statuses(silent)[2]).toBe('unchecked');
    expect(safeParse(domainSchema, silent).success).toBe(true);
  });

  it('needs SES’s word and our own look-up of all three, no more', async () => {
    const { live, publish, sesSays } = world();
    const { body } = await live('add');
    await sesSays('verify');
    expect((await live('verify')).body.status).toBe('pending');
    publish(body, 'dkim');
    const verified = (await live('verify')).body;
    expect(verified).toMatchObject({ status: 'verified', reason: null, verifiedAt: AT });
    expect(statuses(verified).slice(3)).toEqual(['missing', 'missing', 'missing']);
  });

  it('is not enough in DNS alone', async () => {
    const { live, publish } = world();
    const { body } = await live('add');
    publish(body);
    const checked = (await live('verify')).body;
    expect(checked.status).toBe('pending');
    expect(checked.reason).toContain('SES has not confirmed the records yet');
  });

  it('gives a domain from before its zone was kept the zone that SES names', async () => {
    const { live, publish, sesSays, name, domains } = world();
    const { body } = await live('add');
    const seen = await domains.find(name);
    if (!seen) throw new Error('There is a domain.');
    await domains.keep(seen, { dkimZone: undefined });
    const targets = ({ records }: { records: Record[] }) =>
      records.slice(0, 3).map(({ value }) => value);
    const inZone = (zone: string) => seen.dkimTokens.map((token) => `${token}.${zone}`);
    expect(targets((await live('one')).body)).toEqual(inZone('dkim.amazonses.com'));
    publish(body);
    await sesSays('verify');
    const verified = (await live('verify')).body;
    expect(verified.status).toBe('verified');
    expect(targets(verified)).toEqual(inZone('dkim.local-1.amazonses.com'));
  });

  it('begins again where SES has given up, with a fresh identity', async () => {
    const { live, publish, sesSays, clock } = world();
    publish((await live('add')).body);
    await sesSays('fail');
    clock.now += HOUR;
    expect((await live('verify')).body.status).toBe('pending');
    await sesSays('verify');
    expect((await live('verify')).body.status).toBe('verified');
  });

  it('does not begin again where the plan has no room left', async () => {
    const { account, name, domains, live } = world();
    await domains.claim(aDomain({ name, account, status: 'failed' }));
    for (let i = 0; i < 5; i += 1) await live('add', `${i}.${name}`);
    expect(await live('verify')).toMatchObject({
      status: 403,
      body: { error: 'Plan limit reached' },
    });
  });

  it('does not begin again where somebody else has its identity in SES', async () => {
    const { account, name, domains, live, client } = world();
    await domains.claim(aDomain({ name, account, status: 'failed' }));
    await client.send(new CreateEmailIdentityCommand({ EmailIdentity: name }));
    expect(await live('verify')).toMatchObject({ status: 409, body: { error: 'Conflict' } });
  });

  it('keeps the moment of the first time', async () => {
    const { live, verified, clock } = world();
    await verified();
    clock.now += HOUR;
    const { body } = await live('verify');
    expect(body).toMatchObject({ verifiedAt: AT, checkedAt: new Date(NOW + HOUR).toISOString() });
  });
});

describe('a list of domains', () => {
  it('comes newest first in pages, each domain as it is alone', async () => {
    const { live, account, clock } = world();
    const names = ['a', 'b', 'c'].map((each) => `${each}.${account}.example`);
    for (const each of names) {
      clock.now += 1000;
      await live('add', each);
    }
    const first = (await live('list', '', { query: { limit: '2' } })).body;
    const cursor = first.nextCursor;
    const second = (await live('list', '', { query: { limit: '2', cursor } })).body;
    const all = [...first.data, ...second.data];
    expect(all.map((each) => each.name)).toEqual([...names].reverse());
    expect(second.nextCursor).toBeNull();
    expect(all[2]).toEqual((await live('one', names[0])).body);
    const foreign = await world().live('list', '', { query: { cursor } });
    expect(foreign).toMatchObject({ status: 400, body: { error: 'Validation failed' } });
  });
});
