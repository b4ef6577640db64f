import {
  CreateEmailIdentityCommand,
  DeleteEmailIdentityCommand,
  GetEmailIdentityCommand,
} from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { safeParse } from 'valibot';
import { domainSchema } from '../../lambdas/core/domain/view.ts';
import { NOW } from '../core/email/fakes.ts';
import { OWN_HOST } from '../core/http/fake-http.ts';
import { domainWorld, HOUR, type Shared, startDomains } from './domain-world.ts';

let shared: Shared;
beforeAll(async () => {
  shared = await startDomains();
});
afterAll(() => shared.stop());

const world = (options: Parameters<typeof domainWorld>[1] = {}) => domainWorld(shared, options);
const AT = new Date(NOW).toISOString();

describe('adding a domain', () => {
  it('answers 201 with three required and three recommended records', async () => {
    const { live, name } = world();
    const { status, body, headers } = await live('add');
    expect(status).toBe(201);
    const host = `bounce.${name}`;
    const open = { status: 'unchecked', found: [] };
    const recommended = { required: false, ...open };
    expect(body).toEqual({
      name,
      status: 'pending',
      reason: null,
      createdAt: AT,
      verifiedAt: null,
      checkedAt: null,
      nextCheckAt: new Date(NOW + 2 * 60_000).toISOString(),
      records: [
        ...body.records.slice(0, 3),
        {
          type: 'MX',
          name: host,
          value: 'feedback-smtp.us-east-1.amazonses.com',
          priority: 10,
          purpose: 'mail_from',
          ...recommended,
        },
        {
          type: 'TXT',
          name: host,
          value: 'v=spf1 include:amazonses.com ~all',
          purpose: 'spf',
          ...recommended,
        },
        {
          type: 'TXT',
          name: `_dmarc.${name}`,
          value: 'v=DMARC1; p=none;',
          purpose: 'dmarc',
          ...recommended,
        },
      ],
    });
    for (const record of body.records.slice(0, 3)) {
      const token = record.name.split('.')[0];
      expect(record).toEqual({
        type: 'CNAME',
        name: `${token}._domainkey.${name}`,
        value: `${token}.dkim.local-1.amazonses.com`,
        purpose: 'dkim',
        required: true,
        ...open,
      });
    }
    expect(safeParse(domainSchema, body).success).toBe(true);
    expect(headers).toMatchObject({ 'x-ratelimit-limit': '10' });
  });

  it('makes SES’s identity with our tag, Easy DKIM, a MAIL FROM and without forwarding', async () => {
    const { live, name, account, client } = world();
    await live('add');
    const made = await client.send(new GetEmailIdentityCommand({ EmailIdentity: name }));
    expect(made).toMatchObject({
      FeedbackForwardingStatus: false,
      Tags: [{ Key: 'ml-account', Value: account }],
      DkimAttributes: { SigningAttributesOrigin: 'AWS_SES', NextSigningKeyLength: 'RSA_2048_BIT' },
      MailFromAttributes: {
        MailFromDomain: `bounce.${name}`,
        BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
      },
    });
  });

  it('again answers 200 with the domain as it is, however it is written', async () => {
    const { live, name, verified } = world();
    const first = await verified();
    for (const written of [name, `${name.toUpperCase()}.`]) {
      expect(await live('add', written)).toMatchObject({ status: 200, body: first });
    }
    expect((await live('list')).body.data).toEqual([first]);
  });

  it('finishes what a crash left undone, wherever that was', async () => {
    const { live, name, account, domains, places, client, clock } = world();
    const claim = { name, account, status: 'pending', dkimTokens: [], createdAt: AT } as const;
    await domains.claim(claim);
    clock.now += HOUR;
    expect((await live('one')).body.records).toHaveLength(3);
    const finished = await live('add');
    expect(finished.status).toBe(200);
    expect(finished.body.records).toHaveLength(6);
    expect(await places.list(account)).toEqual([name]);
    const seen = await domains.find(name);
    if (seen) await domains.keep(seen, { dkimTokens: [] });
    await client.send(new DeleteEmailIdentityCommand({ EmailIdentity: name }));
    expect((await live('verify')).body.records).toHaveLength(6);
  });

  it('takes an internationalized name in punycode', async () => {
    const { live, account } = world();
    const { status, body } = await live('add', `Bücher.${account}.example`);
    expect(status).toBe(201);
    expect(body.name).toBe(`xn--bcher-kva.${account}.example`);
  });

  it.each<[unknown, string]>([
    [{}, "The 'name' field is required."],
    [{ name: 7 }, "The 'name' field must be a string."],
    [{ name: '' }, "The 'name' field must not be empty."],
    [{ name: 'shop' }, "The 'name' field must be a full domain name, such as example.com."],
    [{ name: '127.0.0.1' }, "The 'name' field must be a domain name, not an IP address."],
    [{ name: 'co.uk' }, 'is a public suffix; use a domain that you own.'],
    [{ name: 'amazonses.com' }, 'is a name of this service.'],
    [{ name: OWN_HOST }, 'is a name of this service.'],
    [{ domain: 'shop.example' }, "The 'domain' field is not known"],
    [[], 'The body must be a JSON object.'],
    ['', 'The body is not valid JSON.'],
  ])('refuses %j', async (body, message) => {
    const answer = await world().live('add', '', { body });
    expect(answer).toMatchObject({ status: 400, body: { error: 'Validation failed' } });
    expect(answer.body.message).toContain(message);
  });

  it('never adopts and never removes an identity that was not made for it', async () => {
    const { live, name, client, domains, places, account, lines } = world();
    await client.send(new CreateEmailIdentityCommand({ EmailIdentity: name }));
    const taken = await live('add');
    expect(taken).toMatchObject({ status: 409, body: { error: 'Conflict' } });
    expect(lines.at(-1)?.fields).toMatchObject({ refused: 'foreign' });
    expect(await domains.find(name)).toBeUndefined();
    expect(await places.list(account)).toEqual([]);
    await domains.claim({ name, account, status: 'pending', dkimTokens: ['a'], createdAt: AT });
    const { body } = await live('verify');
    expect(body).toMatchObject({ status: 'pending' });
    expect(body.reason).toContain('SES has this domain for another account.');
    expect((await live('remove')).status).toBe(204);
    const kept = await client.send(new GetEmailIdentityCommand({ EmailIdentity: name }));
    expect(kept.Tags).toEqual([]);
    expect(kept.FeedbackForwardingStatus).toBe(true);
  });
});

describe('the plan’s number of domains', () => {
  it.each([
    ['Free', 1, 'one domain'],
    ['Starter', 5, '5 domains'],
  ])('holds in plan %s for 50 adds at once', async (plan, most, words) => {
    const { live, account, places } = world({ plan });
    const names = Array.from({ length: 50 }, (_, i) => `n${i}.${account}.example`);
    const answers = await Promise.all(names.map((each) => live('add', each)));
    const added = answers.filter(({ status }) => status === 201).map(({ body }) => body.name);
    expect(added).toHaveLength(most);
    const { data } = (await live('list')).body;
    expect(data.map((each: { name: string }) => each.name).sort()).toEqual([...added].sort());
    expect((await places.list(account)).sort()).toEqual([...added].sort());
    for (const { status, body } of answers.filter((each) => each.status !== 201)) {
      expect({ status, error: body.error }).toEqual({ status: 403, error: 'Plan limit reached' });
      expect(body.message).toContain(`allows ${words}`);
    }
  });

  it('has room again once a domain is deleted, or lost to another account', async () => {
    const mine = world({ plan: 'Free' });
    const other = `other.${mine.account}.example`;
    await mine.live('add');
    expect((await mine.live('add', other)).status).toBe(403);
    await mine.live('remove');
    expect((await mine.live('add', other)).status).toBe(201);
    await mine.sesSays('fail', other);
    expect((await mine.live('verify', other)).body.status).toBe('pending');
    mine.clock.now += 72 * HOUR;
    expect((await mine.live('verify', other)).body.status).toBe('failed');
    expect((await mine.live('add')).status).toBe(403);
    expect((await world().live('add', other)).status).toBe(201);
    expect((await mine.live('add')).status).toBe(201);
  });

  it('does not count what another account has', async () => {
    const theirs = world();
    await theirs.live('add');
    const mine = world({ plan: 'Free' });
    expect((await mine.live('add', theirs.name)).status).toBe(409);
    expect((await mine.live('add')).status).toBe(201);
  });
});
