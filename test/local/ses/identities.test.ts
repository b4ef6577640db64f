import {
  CreateEmailIdentityCommand,
  DeleteEmailIdentityCommand,
  GetAccountCommand,
  GetEmailIdentityCommand,
  ListEmailIdentitiesCommand,
  PutEmailIdentityFeedbackAttributesCommand,
} from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { control, mailTo, type Running, start } from './harness.ts';

let running: Running;
const url = () => running.ses.url;
beforeEach(async () => {
  running = await start();
});
afterEach(() => running.stop());

const create = (EmailIdentity: string) =>
  running.client.send(new CreateEmailIdentityCommand({ EmailIdentity }));
const get = (EmailIdentity: string) =>
  running.client.send(new GetEmailIdentityCommand({ EmailIdentity }));

describe('a domain identity', () => {
  it('gets three tokens that depend on its name alone, and waits to be verified', async () => {
    const { DkimAttributes, ...rest } = await create('Example.com');
    expect(rest).toMatchObject({ IdentityType: 'DOMAIN', VerifiedForSendingStatus: false });
    expect(DkimAttributes?.Status).toBe('PENDING');
    expect(DkimAttributes?.Tokens).toHaveLength(3);
    expect(new Set(DkimAttributes?.Tokens).size).toBe(3);
    for (const token of DkimAttributes?.Tokens ?? []) expect(token).toMatch(/^[a-z0-9]{32}$/);
    expect(DkimAttributes?.SigningHostedZone).toBe('dkim.local-1.amazonses.com');
    await running.client.send(new DeleteEmailIdentityCommand({ EmailIdentity: 'example.com' }));
    expect((await create('example.com')).DkimAttributes?.Tokens).toEqual(DkimAttributes?.Tokens);
  });

  it('names no zone for a key of somebody’s own, or for an address', async () => {
    const DkimSigningAttributes = { DomainSigningSelector: 'own', DomainSigningPrivateKey: 'a2V5' };
    const own = { EmailIdentity: 'own.example', DkimSigningAttributes };
    await running.client.send(new CreateEmailIdentityCommand(own));
    await create('ada@example.com');
    for (const name of ['own.example', 'ada@example.com']) {
      const { DkimAttributes } = await get(name);
      expect(DkimAttributes).toHaveProperty('SigningAttributesOrigin');
      expect(DkimAttributes).not.toHaveProperty('SigningHostedZone');
    }
  });

  it('is verified, or fails, on demand', async () => {
    await create('example.com');
    await control(url(), 'POST', 'identities/example.com/verify');
    expect(await get('example.com')).toMatchObject({
      VerifiedForSendingStatus: true,
      VerificationStatus: 'SUCCESS',
      DkimAttributes: { Status: 'SUCCESS' },
    });
    await control(url(), 'POST', 'identities/example.com/fail');
    expect(await get('example.com')).toMatchObject({
      VerifiedForSendingStatus: false,
      DkimAttributes: { Status: 'FAILED' },
    });
  });

  it('exists once, and only when it was made', async () => {
    await create('example.com');
    await expect(create('EXAMPLE.com')).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    await expect(get('other.example')).rejects.toMatchObject({ name: 'NotFoundException' });
    const unknown = await fetch(`${url()}/_local/identities/other.example/verify`, {
      method: 'POST',
    });
    expect(unknown.status).toBe(404);
    await expect(create('no domain')).rejects.toMatchObject({ name: 'BadRequestException' });
  });

  it('keeps its tags and where feedback goes', async () => {
    const identity = { EmailIdentity: 'example.com' };
    const Tags = [{ Key: 'account', Value: 'a1' }];
    await running.client.send(new CreateEmailIdentityCommand({ ...identity, Tags }));
    const off = { ...identity, EmailForwardingEnabled: false };
    await running.client.send(new PutEmailIdentityFeedbackAttributesCommand(off));
    expect(await get('example.com')).toMatchObject({ Tags, FeedbackForwardingStatus: false });
  });
});

describe('the list of identities', () => {
  it('goes page by page', async () => {
    for (const name of ['c.example', 'a.example', 'ada@b.example']) await create(name);
    const page = (NextToken?: string) =>
      running.client.send(
        new ListEmailIdentitiesCommand({ PageSize: 2, ...(NextToken ? { NextToken } : {}) }),
      );
    const first = await page();
    const second = await page(first.NextToken);
    const names = [first, second].map((list) =>
      list.EmailIdentities?.map(({ IdentityName, IdentityType }) => [IdentityName, IdentityType]),
    );
    expect(names).toEqual([
      [
        ['a.example', 'DOMAIN'],
        ['ada@b.example', 'EMAIL_ADDRESS'],
      ],
      [['c.example', 'DOMAIN']],
    ]);
    expect(second.NextToken).toBeUndefined();
  });

  it('can be filtered', async () => {
    for (const name of ['a.example', 'b.example', 'ada@b.example']) await create(name);
    await control(url(), 'POST', 'identities/b.example/verify');
    const Filter = { IDENTITY_TYPE: 'DOMAIN', VERIFICATION_STATUS: 'SUCCESS' };
    const list = await running.client.send(new ListEmailIdentitiesCommand({ Filter }));
    expect(list.EmailIdentities).toEqual([
      expect.objectContaining({ IdentityName: 'b.example', SendingEnabled: true }),
    ]);
  });
});

describe('the account', () => {
  it('says what it may send and what it has sent', async () => {
    await control(url(), 'PUT', 'account', { maxSendRate: 5, sandbox: true });
    await create('a@example.com');
    await control(url(), 'POST', 'identities/a%40example.com/verify');
    const to = ['success@simulator.amazonses.com', 'bounce@simulator.amazonses.com'];
    await running.client.send(mailTo(to, { FromEmailAddress: 'a@example.com' }));
    expect(await running.client.send(new GetAccountCommand({}))).toMatchObject({
      ProductionAccessEnabled: false,
      SendingEnabled: true,
      EnforcementStatus: 'HEALTHY',
      SendQuota: { Max24HourSend: 50_000, MaxSendRate: 5, SentLast24Hours: 2 },
    });
  });

  it.each([
    [{ speed: 1 }, "'speed' is no setting"],
    [{ maxSendRate: 0 }, 'a number above 0'],
    [{ enforcementStatus: 'FINE' }, 'HEALTHY, PROBATION or SHUTDOWN'],
  ])('refuses the setting %j', async (settings, message) => {
    const answer = await control(url(), 'PUT', 'account', settings);
    expect(answer.message).toContain(message);
    expect(await control(url(), 'GET', 'account')).toMatchObject({ maxSendRate: 14 });
  });
});
