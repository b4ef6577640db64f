import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalSystem, startLocalSystem } from '../kit/local-system.ts';
import { until } from '../kit/patience.ts';

let system: LocalSystem;

beforeAll(async () => {
  system = await startLocalSystem(60);
});
afterAll(async () => {
  await system.stop();
});

type Json = Record<string, unknown>;

async function call(method: string, path: string, body?: Json, key = system.key) {
  const answer = await fetch(`${system.apiUrl}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${key}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Json };
}

const mail = { from: 'hello@maillayer.test', to: 'ada@example.com', subject: 'x', text: 'x' };

describe('an API key made by API', () => {
  it('works at once, shows when it was used, and stops at once when it is revoked', async () => {
    const made = await call('POST', 'api-keys', { name: 'Shop', scope: 'send' });
    expect(made).toMatchObject({ status: 201, body: { environment: 'live', scope: 'send' } });
    const { id, key } = made.body as { id: string; key: string };
    expect((await call('POST', 'emails', mail, key)).status).toBe(202);

    const used = await until(async () => {
      const { body } = await call('GET', 'api-keys');
      const found = (body.data as Json[]).find((each) => each.id === id);
      return found?.lastUsedAt && found;
    }, 'The key never shows when it was used.');
    expect(used).toMatchObject({ last4: key.slice(-4), lastUsedAt: expect.any(String) });

    expect((await call('DELETE', `api-keys/${id}`)).status).toBe(204);
    expect((await call('POST', 'emails', mail, key)).status).toBe(401);
  });
});

describe('a domain added by API', () => {
  it('shows its records, is verified when SES has found them, and then sends', async () => {
    const added = await call('POST', 'domains', { name: 'Shop.Example.com' });
    expect(added).toMatchObject({
      status: 201,
      body: { name: 'shop.example.com', status: 'pending' },
    });
    const records = added.body.records as Json[];
    expect(records.filter(({ required }) => required)).toHaveLength(3);
    const from = 'hello@shop.example.com';
    expect((await call('POST', 'emails', { ...mail, from })).body.error).toBe(
      'Domain not verified',
    );

    await system.control('/_local/identities/shop.example.com/verify', 'POST');
    const verified = await call('POST', 'domains/shop.example.com/verify');
    expect(verified).toMatchObject({ status: 200, body: { status: 'verified' } });
    expect((await call('POST', 'emails', { ...mail, from })).status).toBe(202);

    expect((await call('DELETE', 'domains/shop.example.com')).status).toBe(204);
    expect((await call('POST', 'emails', { ...mail, from })).status).toBe(403);
  });
});

describe('the account', () => {
  it('shows plan, usage and sending, and the refused requests without addresses', async () => {
    const refused = await call('POST', 'emails', { ...mail, to: 'secret@@example.org' });
    expect(refused.status).toBe(400);

    const { body } = await call('GET', 'account');
    expect(body).toMatchObject({ plan: { name: 'Operator' }, sending: { state: 'ok' } });
    const { body: requests } = await call('GET', 'requests?limit=5');
    const [latest] = requests.data as Json[];
    expect(latest).toMatchObject({ status: 400, error: 'Validation failed' });
    expect(JSON.stringify(requests)).not.toContain('secret');
  });
});

describe('the OpenAPI document', () => {
  it('is there for everyone', async () => {
    const answer = await fetch(`${system.apiUrl}/api/v1/openapi.json`);
    expect(answer.status).toBe(200);
    const document = (await answer.json()) as { openapi: string; paths: Json };
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(Object.keys(document.paths)).toContain('/api/v1/emails');
  });
});
