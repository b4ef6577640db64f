import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { accountSchema } from '../../lambdas/core/overview/account-view.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { anEndpoint } from '../contracts/webhooks.ts';
import { aDomain, NOW } from '../core/email/fakes.ts';
import { accountWorld } from './account-world.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

const world = (given: Parameters<typeof accountWorld>[1] = {}) =>
  accountWorld(fixture.table, given);

const SES = {
  maxSendRate: 14,
  max24HourSend: 50_000,
  sentLast24Hours: 1200,
  sandbox: false,
  sendingEnabled: true,
  enforcement: 'HEALTHY',
  checkedAt: NOW - 60_000,
};

describe('the account', () => {
  it('is shown with its plan, this month and the one before, domains and sending', async () => {
    const { id, usage, live } = world({ gate: { account: SES } });
    const month = (name: string) => ({ account: id, environment: 'live' as const, month: name });
    await usage.charge(month('2026-11'), 7, null);
    await usage.charge({ ...month('2026-11'), environment: 'test' }, 3, null);
    await usage.charge(month('2026-10'), 20, null);
    await usage.charge(month('2026-09'), 99, null);
    const answer = await live('account');
    expect(answer.status).toBe(200);
    expect(v.is(accountSchema, answer.body)).toBe(true);
    expect(answer.body).toEqual({
      id,
      name: 'Shop',
      status: 'active',
      createdAt: '2026-01-01T00:00:00.000Z',
      plan: { name: 'Starter', emailsPerMonth: 10_000, domains: 5, requestsPerSecond: 10 },
      usage: [
        {
          month: '2026-11',
          live: { emails: 7, limit: 10_000 },
          test: { emails: 3, limit: 100_000 },
        },
        {
          month: '2026-10',
          live: { emails: 20, limit: 10_000 },
          test: { emails: 0, limit: 100_000 },
        },
      ],
      domains: { used: 1, limit: 5 },
      sending: {
        state: 'ok',
        message: 'Sending works. You need to do nothing.',
        sandbox: false,
        productionAccess: 'granted',
        pricing: null,
        maxSendRate: 14,
        dailyQuota: 50_000,
        sentLast24Hours: 1200,
        checkedAt: '2026-11-23T05:49:00.250Z',
      },
      operator: false,
      owner: null,
      notices: [],
    });
  });

  it('of January has December of the year before beside it', async () => {
    const { live } = world({ now: Date.parse('2027-01-31T23:59:59.999Z') });
    const { usage } = (await live('account')).body;
    expect(usage.map(({ month }: { month: string }) => month)).toEqual(['2027-01', '2026-12']);
  });

  it('on a plan without limits says null, and its shape holds before SES has answered', async () => {
    const { live } = world({ account: { plan: 'Business' } });
    const { body } = await live('account');
    expect(v.is(accountSchema, body)).toBe(true);
    expect(body.domains).toEqual({ used: 1, limit: null });
    expect(body.sending).toMatchObject({ state: 'unknown', maxSendRate: 1, checkedAt: null });
  });

  it('tells what is to be dealt with, of this month’s live mail, until it is', async () => {
    const disabled = { reason: 'The server answered 410.', at: '2026-11-22T00:00:00.000Z' };
    const endpoint = { ...anEndpoint(), disabled };
    const reason = 'SES does not have this domain.';
    const given = { endpoints: [endpoint], domains: [aDomain({ status: 'failed', reason })] };
    const { id, usage, live } = world({ ...given, gate: { account: { ...SES, sandbox: true } } });
    const month = { account: id, environment: 'test' as const, month: '2026-11' };
    await usage.charge(month, 100_000, null);
    await usage.charge({ ...month, environment: 'live', month: '2026-10' }, 10_000, null);
    const kinds = async () => {
      const { body } = await live('account');
      expect(v.is(accountSchema, body)).toBe(true);
      return body.notices.map(({ kind }: { kind: string }) => kind);
    };
    expect(await kinds()).toEqual(['sending_sandbox', 'domain_failed', 'endpoint_disabled']);
    await usage.charge({ ...month, environment: 'live' }, 8000, null);
    expect(await kinds()).toContain('quota_80');
    expect((await world({ account: { plan: 'Starter' } }).live('account')).body.notices).toEqual(
      [],
    );
  });

  it('of the operator is shown with what AWS charges, and its owner’s address', async () => {
    const pricing = { plan: 'ESSENTIALS' };
    const owner = { sub: 'someone', email: 'ada@example.org' };
    const given = { account: { plan: 'Operator', owner }, gate: { account: { ...SES, pricing } } };
    const { live, test } = world(given);
    const { body } = await live('account');
    expect(v.is(accountSchema, body)).toBe(true);
    expect(body).toMatchObject({ operator: true, owner: { email: 'ada@example.org' } });
    expect(body.sending.pricing).toMatchObject({ plan: 'ESSENTIALS', next: null });
    expect(body.notices).toMatchObject([
      { kind: 'pricing', message: body.sending.pricing.warning },
    ]);
    expect((await test('account')).body).toMatchObject({ operator: false, notices: [] });
  });

  it('is the same for a test key', async () => {
    const { live, test } = world({ gate: { account: SES } });
    expect((await test('account')).text).toBe((await live('account')).text);
  });

  it('is shown while it is suspended', async () => {
    const { live } = world({ account: { status: 'suspended' } });
    expect(await live('account')).toMatchObject({ status: 200, body: { status: 'suspended' } });
  });
});

describe('access to the account and its requests', () => {
  it.each(['account', 'requests'] as const)(
    'of %s needs the scope full and no bound domain',
    async (route) => {
      const { as } = world();
      for (const environment of ['live', 'test'] as const) {
        expect((await as({ environment })(route)).status).toBe(200);
        for (const key of [
          { scope: 'send' },
          { scope: 'send', domain: 'example.com' },
          { scope: 'full', domain: 'example.com' },
        ] as const) {
          const answer = await as({ environment, ...key })(route);
          expect(answer).toMatchObject({ status: 403, body: { error: 'Forbidden' } });
          expect(answer.body.message).toContain("Use a key with the scope 'full'");
        }
      }
    },
  );
});
