import { CreateEmailIdentityCommand, GetEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendingView } from '../../lambdas/core/sending/state.ts';
import { domainStore } from '../../lambdas/core/table/domain-store.ts';
import { aDomain } from '../core/email/fakes.ts';
import { startSending } from './sending-world.ts';

let world: Awaited<ReturnType<typeof startSending>>;
beforeAll(async () => {
  world = await startSending();
});
afterAll(() => world.stop());

const identity = (EmailIdentity: string) =>
  world.client.send(new GetEmailIdentityCommand({ EmailIdentity }));

const REQUEST = {
  mailType: 'TRANSACTIONAL',
  websiteUrl: 'https://shop.example',
  useCaseDescription: 'Receipts and password resets for customers of our shop.',
};

describe('a recipient in the sandbox', () => {
  it('is pending until the link was followed, and verified from then on', async () => {
    const address = world.fresh();
    const asked = await world.operator('verifyRecipient', { body: { address } });
    expect(asked).toMatchObject({ status: 202, body: { address, status: 'pending' } });
    expect((await identity(address)).Tags).toEqual([
      { Key: 'ml-purpose', Value: 'sandbox-recipient' },
    ]);
    expect((await world.operator('recipient', { address })).body).toEqual({
      address,
      status: 'pending',
    });
    await world.sesSays('verify', address);
    const shown = await world.operator('recipient', { address });
    expect(shown).toMatchObject({ status: 200, body: { address, status: 'verified' } });
    const again = await world.operator('verifyRecipient', { body: { address } });
    expect(again).toMatchObject({ status: 200, body: { address, status: 'verified' } });
  });

  it('gets a new link when asked again, also after the first one has lapsed', async () => {
    const address = world.fresh();
    await world.operator('verifyRecipient', { body: { address } });
    await world.sesSays('fail', address);
    expect((await world.operator('recipient', { address })).body.status).toBe('failed');
    const again = await world.operator('verifyRecipient', { body: { address } });
    expect(again).toMatchObject({ status: 202, body: { status: 'pending' } });
  });

  it('that somebody else put into SES stays as it is', async () => {
    const address = world.fresh();
    const Tags = [{ Key: 'team', Value: 'other' }];
    await world.client.send(new CreateEmailIdentityCommand({ EmailIdentity: address, Tags }));
    const asked = await world.operator('verifyRecipient', { body: { address } });
    expect(asked).toMatchObject({ status: 202, body: { status: 'pending' } });
    expect((await identity(address)).Tags).toEqual(Tags);
  });

  it('at a domain that is verified here needs nothing, and gets no identity of its own', async () => {
    await domainStore(world.table).claim(aDomain({ name: 'covered.example' }));
    const address = 'ada@covered.example';
    const asked = await world.operator('verifyRecipient', { body: { address } });
    expect(asked).toMatchObject({ status: 200, body: { address, status: 'verified' } });
    expect((await world.operator('recipient', { address })).body.status).toBe('verified');
    await expect(identity(address)).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('is an address and nothing else: a domain is refused and left alone', async () => {
    const name = 'tenant.example';
    await world.client.send(new CreateEmailIdentityCommand({ EmailIdentity: name }));
    for (const address of [name, `Ada <ada@${name}>`, `@${name}`, '', 7]) {
      const answer = await world.operator('verifyRecipient', { body: { address } });
      expect(answer).toMatchObject({ status: 400, body: { error: 'Validation failed' } });
    }
    for (const address of [name, `@${name}`, 'nobody@example.org']) {
      const answer = await world.operator('recipient', { address });
      expect(answer).toMatchObject({ status: 404, body: { error: 'Not found' } });
    }
    expect((await identity(name)).Tags).toEqual([]);
  });
});

describe('production access', () => {
  const ask = (body: unknown) => world.operator('productionAccess', { body });
  const view = async () => sendingView(await world.gate.read(), true);

  it('is asked for once, shown as under review, and may be asked for again after a denial', async () => {
    await world.setAccount({ sandbox: true, review: null });
    await world.refresh();
    expect(await view()).toMatchObject({
      state: 'sandbox',
      productionAccess: 'none',
      message: expect.stringContaining('requests production access from AWS, under "Settings"'),
    });
    expect(await ask(REQUEST)).toMatchObject({
      status: 202,
      body: { productionAccess: 'pending' },
    });
    await world.refresh();
    expect(await view()).toMatchObject({
      productionAccess: 'pending',
      message: expect.stringContaining('AWS is reviewing the request'),
    });
    const again = await ask(REQUEST);
    expect(again).toMatchObject({ status: 409, body: { error: 'Conflict' } });
    expect(again.body.message).toMatch(/earlier request.*before you request again/);
    await world.setAccount({ review: 'DENIED' });
    await world.refresh();
    expect(await view()).toMatchObject({
      productionAccess: 'denied',
      message: expect.stringContaining('AWS Support Center'),
    });
    const additionalContactEmails = ['ada@shop.example', 'bob@shop.example'];
    expect((await ask({ ...REQUEST, additionalContactEmails })).status).toBe(202);
    await world.setAccount({ review: 'FAILED' });
    await world.refresh();
    expect((await view()).message).toContain('did not reach AWS');
  });

  it('that is there already is not asked for', async () => {
    await world.setAccount({ sandbox: false, review: 'GRANTED' });
    await world.refresh();
    expect(await view()).toMatchObject({ state: 'ok', productionAccess: 'granted' });
    expect(await ask(REQUEST)).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('already') },
    });
  });

  it.each([
    [{ mailType: 'BULK' }, 'mailType'],
    [{ websiteUrl: 'shop' }, 'websiteUrl'],
    [{ websiteUrl: 'javascript:alert(1)' }, 'websiteUrl'],
    [{ websiteUrl: `https://shop.example/${'x'.repeat(1000)}` }, 'websiteUrl'],
    [{ useCaseDescription: '' }, 'useCaseDescription'],
    [{ useCaseDescription: 'x'.repeat(5001) }, 'useCaseDescription'],
    [{ additionalContactEmails: [] }, 'additionalContactEmails'],
    [{ additionalContactEmails: ['ada'] }, 'additionalContactEmails'],
    [{ additionalContactEmails: Array(5).fill('ada@shop.example') }, 'additionalContactEmails'],
  ])('is refused with %o', async (changes, field) => {
    const answer = await ask({ ...REQUEST, ...changes });
    expect(answer).toMatchObject({ status: 400, body: { error: 'Validation failed' } });
    expect(answer.body.message).toContain(field);
  });

  it('tells what SES charges, with how to change it', async () => {
    await world.setAccount({ pricingPlan: 'ESSENTIALS' });
    await world.refresh();
    expect((await view()).pricing).toEqual({
      plan: 'ESSENTIALS',
      next: null,
      warning: expect.stringMatching(/\$0\.16.*put-account-pricing-attributes --plan NONE/),
    });
    expect(sendingView(await world.gate.read()).pricing).toBeNull();
    await world.setAccount({ nextPricingPlan: 'NONE' });
    await world.refresh();
    expect((await view()).pricing).toEqual({ plan: 'ESSENTIALS', next: 'NONE', warning: null });
  });
});

describe('access to sending', () => {
  it.each([
    ['a customer’s live key', {}, { plan: 'Starter' }],
    ['a test key of the operator’s account', { environment: 'test' }, { plan: 'Operator' }],
    ['a sending key of the operator’s account', { scope: 'send' }, { plan: 'Operator' }],
    ['a key bound to a domain', { domain: 'example.com' }, { plan: 'Operator' }],
  ] as const)('is refused for %s', async (_who, key, account) => {
    const call = world.as(key, account);
    const address = world.fresh();
    const answers = [
      await call('verifyRecipient', { body: { address } }),
      await call('recipient', { address }),
      await call('productionAccess', { body: REQUEST }),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 403, body: { error: 'Forbidden' } });
      expect(answer.body.message).toMatch(/\.$/);
    }
    await expect(identity(address)).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});
