import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openDomainIdentities } from '../../lambdas/core/aws/identities.ts';
import { productionAccess } from '../../lambdas/core/aws/production-access.ts';
import { openRecipientIdentities } from '../../lambdas/core/aws/recipient-identities.ts';
import { control, type Running, start } from '../local/ses/harness.ts';
import { startRecordingProxy } from './recording-proxy.ts';
import { useEndpoint } from './table-fixture.ts';

const MINE = 'a'.repeat(24);
const PATH = '/v2/email/identities';

let running: Running;
let between: Awaited<ReturnType<typeof startRecordingProxy>>;
beforeAll(async () => {
  running = await start();
  between = await startRecordingProxy(running.ses.url);
  useEndpoint('SESV2', between.url);
});
afterAll(async () => {
  await between.stop();
  await running.stop();
});
beforeEach(() => between.answer());

const sesSays = (verb: 'verify' | 'fail', name: string) =>
  control(running.ses.url, 'POST', `identities/${encodeURIComponent(name)}/${verb}`);
const asked = () => between.calls.map(({ what }) => what);
const bodyOf = (what: string) =>
  JSON.parse(between.calls.find((call) => call.what === what)?.body ?? 'null');
const denied = () => ({ status: 403, error: 'AccessDeniedException' });
const makeForeign = (name: string) =>
  fetch(`${running.ses.url}${PATH}`, {
    method: 'POST',
    body: JSON.stringify({ EmailIdentity: name }),
  });

describe('the identity of a domain', () => {
  it('is made with a DKIM key of 2048 bits, the account’s tag, no forwarding and a MAIL FROM domain', async () => {
    const { account, status, dkimTokens } = await openDomainIdentities().ensure('a.example', MINE);
    expect([account, status, dkimTokens.length]).toEqual([MINE, 'pending', 3]);
    expect(bodyOf(`POST ${PATH}`)).toEqual({
      EmailIdentity: 'a.example',
      DkimSigningAttributes: { NextSigningKeyLength: 'RSA_2048_BIT' },
      Tags: [{ Key: 'ml-account', Value: MINE }],
    });
    expect(bodyOf(`PUT ${PATH}/a.example/feedback`)).toEqual({ EmailForwardingEnabled: false });
    expect(bodyOf(`PUT ${PATH}/a.example/mail-from`)).toEqual({
      MailFromDomain: 'bounce.a.example',
      BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
    });
  });

  it('is not set up again when it is as it should be', async () => {
    await openDomainIdentities().ensure('b.example', MINE);
    between.answer();
    await openDomainIdentities().ensure('b.example', MINE);
    expect(asked()).toEqual([`POST ${PATH}`, `GET ${PATH}/b.example`]);
  });

  it('of somebody else is left as it is', async () => {
    await makeForeign('foreign.example');
    const found = await openDomainIdentities().ensure('foreign.example', MINE);
    const dkim = { dkimTokens: expect.any(Array), dkimZone: 'dkim.local-1.amazonses.com' };
    expect(found).toEqual({ status: 'pending', ...dkim });
    expect(asked()).toEqual([`POST ${PATH}`, `GET ${PATH}/foreign.example`]);
  });

  it('has the state that SES says', async () => {
    const identities = openDomainIdentities();
    await identities.ensure('c.example', MINE);
    const status = async () => (await identities.find('c.example'))?.status;
    expect(await status()).toBe('pending');
    await sesSays('fail', 'c.example');
    expect(await status()).toBe('failed');
    await sesSays('verify', 'c.example');
    expect(await status()).toBe('verified');
  });

  it.each([
    ['dkim.af-south-1.amazonses.com', 'dkim.af-south-1.amazonses.com'],
    ['DKIM.af-south-1.AmazonSES.com.', 'dkim.af-south-1.amazonses.com'],
    ['', undefined],
    [undefined, undefined],
  ])('has the DKIM zone that SES calls %j, as name servers write it', async (said, dkimZone) => {
    const attributes = { Tokens: ['a', 'b', 'c'], SigningHostedZone: said };
    between.answer(() => ({ status: 200, body: JSON.stringify({ DkimAttributes: attributes }) }));
    const found = await openDomainIdentities().find('d.example');
    expect(found).toEqual({ status: 'pending', dkimTokens: ['a', 'b', 'c'], dkimZone });
  });

  it('that SES tells little of is pending, nobody’s, and without tokens', async () => {
    between.answer(() => ({ status: 200 }));
    const found = await openDomainIdentities().find('d.example');
    expect(found).toEqual({ status: 'pending', dkimTokens: [] });
  });

  it('has the account’s tag among others', async () => {
    const tags = [
      { Key: 'team', Value: 'x' },
      { Key: 'ml-account', Value: MINE },
    ];
    between.answer(() => ({ status: 200, body: JSON.stringify({ Tags: tags }) }));
    expect(await openDomainIdentities().find('d.example')).toMatchObject({ account: MINE });
  });

  it('that is not there is undefined, and removed without an error', async () => {
    const identities = openDomainIdentities();
    expect(await identities.find('none.example')).toBeUndefined();
    await identities.remove('none.example');
    await identities.ensure('e.example', MINE);
    await identities.remove('e.example');
    expect(await identities.find('e.example')).toBeUndefined();
  });

  it('that goes while it is made is an error', async () => {
    between.answer(({ what }) =>
      what.startsWith('GET') ? { status: 404, error: 'NotFoundException' } : undefined,
    );
    await expect(openDomainIdentities().ensure('f.example', MINE)).rejects.toThrow(
      "SES's identity f.example was removed while it was being made.",
    );
  });

  it('that SES does not let be touched is an error', async () => {
    between.answer(denied);
    const identities = openDomainIdentities();
    const error = { name: 'AccessDeniedException' };
    await expect(identities.find('g.example')).rejects.toMatchObject(error);
    await expect(identities.remove('g.example')).rejects.toMatchObject(error);
    between.answer(({ what }) => (what === `POST ${PATH}` ? denied() : undefined));
    await expect(identities.ensure('g.example', MINE)).rejects.toMatchObject(error);
  });

  it('is in the region of the SDK', async () => {
    expect(await openDomainIdentities().region()).toBe(process.env.AWS_REGION);
  });
});

describe('the identity of a recipient', () => {
  it('is ours when it was made here', async () => {
    const recipients = openRecipientIdentities();
    await recipients.create('ada@h.example');
    expect(bodyOf(`POST ${PATH}`)).toMatchObject({
      Tags: [{ Key: 'ml-purpose', Value: 'sandbox-recipient' }],
    });
    expect(await recipients.find('ada@h.example')).toEqual({ status: 'pending', isOurs: true });
    await recipients.create('ada@h.example');
    await sesSays('fail', 'ada@h.example');
    expect(await recipients.find('ada@h.example')).toEqual({ status: 'failed', isOurs: true });
    await recipients.remove('ada@h.example');
    await recipients.remove('ada@h.example');
    expect(await recipients.find('ada@h.example')).toBeUndefined();
  });

  it.each([
    [undefined],
    [[{ Key: 'ml-purpose', Value: 'other' }]],
    [[{ Key: 'other', Value: 'sandbox-recipient' }]],
  ])('with the tags %j is not ours', async (Tags) => {
    between.answer(() => ({ status: 200, body: JSON.stringify({ Tags }) }));
    const found = await openRecipientIdentities().find('ada@h.example');
    expect(found).toEqual({ status: 'pending', isOurs: false });
  });

  it('is never a domain', async () => {
    const recipients = openRecipientIdentities();
    const refused = 'Only addresses are verified as recipients.';
    for (const call of [recipients.find, recipients.create, recipients.remove]) {
      await expect(call('h.example')).rejects.toThrow(refused);
    }
    expect(asked()).toEqual([]);
  });

  it('that SES does not let be touched is an error', async () => {
    between.answer(denied);
    await expect(openRecipientIdentities().find('ada@h.example')).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

describe('a request for production access', () => {
  const wanted = {
    mailType: 'TRANSACTIONAL',
    websiteUrl: 'https://shop.example/',
    useCaseDescription: 'Receipts.',
  } as const;

  it.each([
    [wanted, {}],
    [
      { ...wanted, additionalContactEmails: ['ada@shop.example'] },
      { AdditionalContactEmailAddresses: ['ada@shop.example'] },
    ],
  ])('has all that SES asks for: %j', async (request, more) => {
    between.answer(() => ({ status: 200 }));
    expect(await productionAccess()(request)).toEqual({ kind: 'asked' });
    expect(bodyOf('POST /v2/email/account/details')).toEqual({
      MailType: 'TRANSACTIONAL',
      WebsiteURL: 'https://shop.example/',
      UseCaseDescription: 'Receipts.',
      ContactLanguage: 'EN',
      ProductionAccessEnabled: true,
      ...more,
    });
  });

  it.each([
    [409, 'ConflictException', { kind: 'under review' }],
    [400, 'BadRequestException', { kind: 'invalid', message: 'No page.' }],
  ])('that SES answers with %i %s is told so', async (status, error, told) => {
    between.answer(() => ({ status, error, body: '{"message":"No page."}' }));
    expect(await productionAccess()(wanted)).toEqual(told);
  });

  it('that SES does not allow is an error, and tried once', async () => {
    between.answer(() => ({ status: 500 }));
    await expect(productionAccess()(wanted)).rejects.toThrow();
    between.answer(denied);
    await expect(productionAccess()(wanted)).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    expect(asked()).toHaveLength(1);
  });
});
