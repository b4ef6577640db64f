import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountIdOf } from '../../lambdas/core/account/user.ts';
import { batch, type Parts, runAdmin, startParts } from './admin-fixture.ts';

const ID = '0123456789abcdef01234567';
const SECRET = 'A'.repeat(30);
const OF = ['--account', ID];
const CREATE = ['account', 'create', '--name', 'Ada', '--plan', 'Growth', '--id', ID];
const KEY = ['key', 'create', ...OF, '--environment', 'live', '--name', 'CI'];

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts.stop());

const admin = (...args: string[]) => runAdmin([...args, '--data-dir', parts.dataDir]);

async function asJson(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await admin(...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, unknown>;
}

const identity = async (name: string) =>
  (await (await fetch(`${parts.endpoints.ses}/v2/email/identities/${name}`)).json()) as Record<
    string,
    unknown
  >;

describe('administration', () => {
  it('makes an account, and leaves it as it is when it is made again', async () => {
    const made = await asJson(...CREATE);
    expect(made).toMatchObject({ id: ID, name: 'Ada', plan: 'Growth', status: 'active' });

    const again = ['account', 'create', '--name', 'Other', '--plan', 'Free', '--id', ID];
    expect(await asJson(...again)).toEqual(made);
    expect((await admin(...again)).stdout).toBe(
      `Account ${ID} (Ada) already exists: nothing changed.\n`,
    );
  });

  it('gives an account without an id a random one', async () => {
    const [first, second] = await batch(parts, CREATE.slice(0, 6), CREATE.slice(0, 6));
    expect(first?.id).toMatch(/^[0-9a-f]{24}$/);
    expect(second?.id).not.toBe(first?.id);
  });

  it('makes the account that a user comes to by signing in, whose id follows from the user', async () => {
    const sub = '6f1d3a52-0c1f-4d3f-9a63-1b3f5a0c7e11';
    const create = ['account', 'create', '--name', 'Ada', '--plan', 'Operator', '--user', sub];
    const made = await asJson(...create);
    expect(made).toMatchObject({ id: accountIdOf(sub), plan: 'Operator', owner: { sub } });
    const [again, both, wrong, moved] = await batch(
      parts,
      create,
      [...create, '--id', ID],
      [...create.slice(0, -1), 'ada@example.com'],
      ['account', 'plan', '--account', String(made.id), '--plan', 'Free'],
    );
    expect(again).toEqual(made);
    expect(both).toEqual({
      error: "The id of a user's account follows from --user: omit --id.",
    });
    expect(wrong).toEqual({
      error:
        '"ada@example.com" is not a user of the user pool: give the user\'s "sub", which the Cognito console shows.',
    });
    expect(moved).toMatchObject({ plan: 'Free', owner: { sub } });
  });

  it('changes the plan, suspends and resumes', async () => {
    const results = await batch(
      parts,
      CREATE,
      ['account', 'plan', ...OF, '--plan', 'Starter'],
      ['account', 'suspend', ...OF],
      ['account', 'suspend', ...OF],
      ['account', 'resume', ...OF],
      ['account', 'plan', ...OF, '--plan', 'Growth'],
    );
    expect(results.map(({ plan, status }) => `${plan} ${status}`)).toEqual([
      'Growth active',
      'Starter active',
      'Starter suspended',
      'Starter suspended',
      'Starter active',
      'Growth active',
    ]);
  });

  it('takes a domain from its records to its verification', async () => {
    await batch(parts, CREATE);
    const added = await asJson('domain', 'add', 'Mail.Example.COM.', ...OF);
    expect(added).toMatchObject({ name: 'mail.example.com', account: ID, status: 'pending' });
    const records = added.records as { name: string; value: string; required: boolean }[];
    expect(records.map(({ required }) => required)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    for (const { name, value } of records.slice(0, 3)) {
      expect(value).toBe(`${name.split('.')[0]}.dkim.local-1.amazonses.com`);
      expect(name).toMatch(/^[a-z0-9]{32}\._domainkey\.mail\.example\.com$/);
    }
    expect(await identity('mail.example.com')).toMatchObject({
      FeedbackForwardingStatus: false,
      DkimAttributes: { NextSigningKeyLength: 'RSA_2048_BIT' },
      Tags: [{ Key: 'ml-account', Value: ID }],
    });
    expect(await asJson('domain', 'add', 'mail.example.com', ...OF)).toEqual(added);

    const pending = await asJson('domain', 'verify', 'mail.example.com', ...OF);
    expect(pending).toMatchObject({ status: 'pending', checkedAt: expect.any(String) });
    expect(pending.message).toBe(
      'mail.example.com is pending. All 3 required CNAME records are missing from DNS. Add them exactly as shown; DNS changes can take hours to appear.',
    );

    await end('mail.example.com', 'verify');
    const verified = await asJson('domain', 'verify', 'mail.example.com', ...OF);
    expect(verified).toMatchObject({ status: 'verified', verifiedAt: expect.any(String) });
    const again = await asJson('domain', 'verify', 'mail.example.com', ...OF);
    const { checkedAt, nextCheckAt } = again;
    expect(again).toEqual({ ...verified, checkedAt, nextCheckAt });
    expect(await asJson('domain', 'add', 'mail.example.com', ...OF)).toEqual(again);
  });

  it('begins again when SES has stopped looking for the records', async () => {
    await batch(parts, CREATE, ['domain', 'add', 'late.example', ...OF]);
    await end('late.example', 'fail');
    const [begun] = await batch(parts, ['domain', 'verify', 'late.example', ...OF]);
    expect(begun?.status).toBe('pending');
    expect(await identity('late.example')).toMatchObject({ VerificationStatus: 'PENDING' });
    await end('late.example', 'verify');
    const [verified] = await batch(parts, ['domain', 'verify', 'late.example', ...OF]);
    expect(verified?.status).toBe('verified');
  });

  it('takes an internationalized domain in punycode', async () => {
    const [, added] = await batch(parts, CREATE, ['domain', 'add', 'Bücher.example', ...OF]);
    expect(added?.name).toBe('xn--bcher-kva.example');
  });

  it('completes a domain whose identity was removed or never made', async () => {
    await batch(parts, CREATE, ['domain', 'add', 'again.example', ...OF]);
    await fetch(`${parts.endpoints.ses}/v2/email/identities/again.example`, { method: 'DELETE' });
    const [verified] = await batch(parts, ['domain', 'verify', 'again.example', ...OF]);
    expect(verified?.status).toBe('pending');
    expect(await identity('again.example')).toMatchObject({
      Tags: [{ Key: 'ml-account', Value: ID }],
    });
  });

  it('makes a key of scope send unless told otherwise, and revokes it by its id or its text', async () => {
    await batch(parts, CREATE, ['domain', 'add', 'keys.example', ...OF]);
    const first = await asJson(...KEY);
    expect(first).toMatchObject({ scope: 'send', environment: 'live', name: 'CI', account: ID });
    expect(first.key).toMatch(/^ml_live_[0-9A-Za-z]{36}$/);

    const bound = ['--domain', 'keys.example', '--scope', 'full'];
    const [second, byId, byText, again] = await batch(
      parts,
      [...KEY, ...bound],
      ['key', 'revoke', ...OF, String(first.id)],
      ['key', 'revoke', ...OF, String(first.key)],
      ['key', 'revoke', ...OF, String(first.id)],
    );
    expect(second).toMatchObject({ scope: 'full', domain: 'keys.example' });
    expect(byId).toMatchObject({ id: first.id, revokedAt: expect.any(String) });
    expect([byText, again]).toEqual([byId, byId]);
  });

  it('makes the same key of the same secret, and never gives a revoked one new life', async () => {
    const create = [...KEY, '--scope', 'full', '--secret', SECRET];
    const [, made, same] = await batch(parts, CREATE, create, create);
    expect(made).toMatchObject({ key: expect.stringContaining(`ml_live_${SECRET}`) });
    expect(same).toEqual(made);

    const [revoked, later] = await batch(parts, ['key', 'revoke', ...OF, String(made?.id)], create);
    expect(later).toEqual({ key: made?.key, ...revoked });
  });

  it('adds and removes suppressions under one spelling', async () => {
    const [, added, removed, absent] = await batch(
      parts,
      CREATE,
      ['suppression', 'add', 'Ada@Example.com', ...OF, '--reason', 'asked'],
      ['suppression', 'remove', 'ADA@example.com', ...OF],
      ['suppression', 'remove', 'ADA@example.com', ...OF],
    );
    expect(added).toMatchObject({
      account: ID,
      address: 'ada@example.com',
      reason: 'manual',
      detail: 'asked',
      createdAt: expect.any(String),
    });
    expect([removed?.removed, absent?.removed]).toEqual([true, false]);
  });

  it('lists accounts with domains and keys, and never a key', async () => {
    const id = 'ffffffffffffffffffffffff';
    const of = ['--account', id];
    const [, , made] = await batch(
      parts,
      ['account', 'create', '--name', 'Listed', '--plan', 'Free', '--id', id],
      ['domain', 'add', 'listed.example', ...of],
      ['key', 'create', ...of, '--environment', 'test', '--name', 'Shown'],
    );
    const text = String(made?.key);
    const { accounts } = (await asJson('list')) as { accounts: { id: string }[] };
    const listed = accounts.find((account) => account.id === id);
    expect(listed).toMatchObject({
      name: 'Listed',
      plan: 'Free',
      domains: [{ name: 'listed.example', status: 'pending' }],
      keys: [{ name: 'Shown', environment: 'test', scope: 'send', last4: text.slice(-4) }],
    });
    const { stdout } = await admin('list');
    expect(stdout).toContain(`${id}  Listed  plan Free  active\n  domain  listed.example  pending`);
    expect(stdout).toContain(`  key     ml_test_…${text.slice(-4)}  Shown  scope send\n`);
    expect(`${stdout}${JSON.stringify(accounts)}`).not.toContain(text);
  });

  it('shows readable text without --json, and every command in its help', async () => {
    await batch(parts, CREATE);
    const { stdout } = await admin('domain', 'add', 'text.example', ...OF);
    expect(stdout).toMatch(/^Add these records to the DNS of text\.example, then run /);
    expect(stdout).toMatch(
      /^ {2}\S+\._domainkey\.text\.example {2}CNAME {2}\S+ {2}\(required, unchecked\)$/m,
    );

    const help = await runAdmin(['--help']);
    expect(help.code).toBe(0);
    for (const command of ['account create', 'domain verify', 'key revoke', 'list', 'batch']) {
      expect(help.stdout).toContain(`\n  ${command}`);
    }
    const { stdout: own } = await runAdmin(['key', 'revoke', '--help']);
    expect(own).toContain('Usage: npm run admin -- key revoke KEY_ID --account ID\n');
  });
});

async function end(name: string, verb: 'verify' | 'fail'): Promise<void> {
  const url = `${parts.endpoints.ses}/_local/identities/${name}/${verb}`;
  expect((await fetch(url, { method: 'POST' })).status).toBe(200);
}
