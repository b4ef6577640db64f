import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { type LocalSystem, startLocalSystem } from '../kit/local-system.ts';
import { until } from '../kit/patience.ts';
import { startReceiver } from './receiver.ts';

let system: LocalSystem;
let receiver: Awaited<ReturnType<typeof startReceiver>>;

beforeAll(async () => {
  system = await startLocalSystem(60);
  receiver = await startReceiver();
});
afterAll(async () => {
  await system.stop();
  await receiver.stop();
});

type Json = Record<string, unknown>;
type Answer = { status: number; body: Json };

async function call(method: string, path: string, body?: Json, key = system.key): Promise<Answer> {
  const answer = await fetch(`${system.apiUrl}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${key}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
}

async function send(to: string, key = system.key): Promise<string> {
  const email = { from: 'hello@maillayer.test', to, subject: `To ${to}`, text: 'x' };
  const { status, body } = await call('POST', 'emails', email, key);
  expect({ status, body }).toMatchObject({ status: 202 });
  return body.id as string;
}

async function untilStatus(id: string, status: string, key = system.key): Promise<Json> {
  let email: Json = {};
  return await until(
    async () => {
      email = (await call('GET', `emails/${id}`, undefined, key)).body;
      return email.status === status && email;
    },
    () => `The email stayed as it is: ${JSON.stringify(email)}`,
  );
}

async function endpoint(path: string, settings: Json = {}, key = system.key) {
  const { status, body } = await call(
    'POST',
    'webhooks',
    { url: `${receiver.origin}${path}`, ...settings },
    key,
  );
  expect({ status, body }).toMatchObject({ status: 201 });
  return body as { id: string; secret: string };
}

function verified(secret: string, arrival: Awaited<ReturnType<typeof receiver.at>>[number]) {
  return new Webhook(secret).verify(
    arrival.body,
    arrival.headers as Record<string, string>,
  ) as Json;
}

describe('a bounce', () => {
  it('becomes a state, a suppression and a signed webhook, and removing the suppression works at once', async () => {
    const { secret } = await endpoint('/bounces', { events: ['email.bounced'] });
    const id = await send('Bounced+1@Example.com');

    const email = await untilStatus(id, 'bounced');
    expect(email.recipients).toMatchObject([
      { address: 'Bounced+1@Example.com', status: 'bounced' },
    ]);

    const [arrival] = await receiver.at('/bounces', 1);
    expect(arrival && verified(secret, arrival)).toEqual({
      event: 'email.bounced',
      emailId: id,
      to: 'Bounced+1@Example.com',
      bounceType: 'Permanent',
      bounceSubType: 'General',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect(Object.keys(JSON.parse(arrival?.body ?? ''))).toEqual([
      'event',
      'emailId',
      'to',
      'bounceType',
      'bounceSubType',
      'timestamp',
    ]);
    expect(arrival?.headers['maillayer-environment']).toBe('live');

    const again = {
      from: 'hello@maillayer.test',
      to: 'bounced+1@example.com',
      subject: 'x',
      text: 'x',
    };
    const refused = await call('POST', 'emails', again);
    expect(refused).toMatchObject({ status: 403, body: { error: 'Recipient suppressed' } });
    expect(refused.body.message).toContain('bounced+1@example.com');

    const address = encodeURIComponent('bounced+1@example.com');
    const entry = await call('GET', `suppressions/${address}`);
    expect(entry.body).toMatchObject({ reason: 'bounced', emailId: id, expiresAt: null });
    expect((await call('DELETE', `suppressions/${address}`)).status).toBe(204);
    expect((await call('POST', 'emails', again)).status).toBe(202);
  });
});

describe('a complaint', () => {
  it('suppresses, and its webhook has the delivered keys', async () => {
    const { secret } = await endpoint('/complaints', {
      events: ['email.complained', 'email.delivered'],
    });
    const id = await send('complained@complaints.example');
    await untilStatus(id, 'complained');

    const bodies = (await receiver.at('/complaints', 2)).map((each) => verified(secret, each));
    const common = {
      emailId: id,
      to: 'complained@complaints.example',
      from: 'hello@maillayer.test',
      subject: 'To complained@complaints.example',
      timestamp: expect.any(String),
    };
    expect(bodies).toEqual(
      expect.arrayContaining([
        { event: 'email.delivered', ...common },
        { event: 'email.complained', ...common },
      ]),
    );
    const { body } = await call('GET', 'suppressions?limit=1');
    expect(body.data).toMatchObject([{ address: common.to, reason: 'complained' }]);
  });
});

describe('a test key', () => {
  it.each([
    ['bounced@example.com', 'bounced', ['email.bounced']],
    ['complained@example.com', 'complained', ['email.complained', 'email.delivered']],
    ['ada@example.com', 'delivered', ['email.delivered']],
  ])('simulates %s, for endpoints of its environment only', async (to, status, events) => {
    const path = `/test-${status}`;
    const settings = {
      environment: 'test',
      events: ['email.bounced', 'email.complained', 'email.delivered'],
    };
    const { id: made, secret } = await endpoint(path, settings, system.testKey);
    const id = await send(to, system.testKey);
    await untilStatus(id, status, system.testKey);

    const arrived = await receiver.at(path, events.length);
    expect(arrived.map((each) => verified(secret, each).event).sort()).toEqual(events);
    expect(arrived.map((each) => each.headers['maillayer-environment'])).toEqual(
      events.map(() => 'test'),
    );
    const suppressed = await call('GET', `suppressions/${encodeURIComponent(to)}`);
    expect(suppressed.status).toBe(404);
    expect((await call('DELETE', `webhooks/${made}`, undefined, system.testKey)).status).toBe(204);
  });
});

describe('a webhook that fails', () => {
  it('is tried again under the same id, lists every attempt, and can be resent', async () => {
    const { id: made, secret } = await endpoint('/retried', { events: ['email.sent'] });
    receiver.answerWith('/retried', 500, 302);
    await send('ada@retried.example');

    const arrivals = await receiver.at('/retried', 3);
    const ids = new Set(arrivals.map((each) => each.headers['webhook-id']));
    expect(ids.size).toBe(1);
    for (const arrival of arrivals) verified(secret, arrival);

    const [deliveryId] = [...ids];
    const path = `webhooks/${made}/deliveries/${deliveryId}`;
    const delivery = await until(async () => {
      const { body } = await call('GET', path);
      return body.status === 'succeeded' && body;
    }, 'The delivery never succeeded.');
    expect(delivery).toMatchObject({
      status: 'succeeded',
      event: 'email.sent',
      attempts: [{ status: 500 }, { status: 302 }, { status: 204, error: null }],
    });

    expect((await call('POST', `${path}/resend`)).status).toBe(202);
    const all = await receiver.at('/retried', 4);
    expect(all.at(-1)?.headers['webhook-id']).toBe(deliveryId);
  });

  it('signs with both secrets after a rotation', async () => {
    const { id: made, secret } = await endpoint('/rotated');
    const { status, body } = await call('POST', `webhooks/${made}/rotate-secret`);
    expect(status).toBe(200);
    expect((await call('POST', `webhooks/${made}/test`)).status).toBe(202);

    const [arrival] = await receiver.at('/rotated', 1);
    if (!arrival) throw new Error('Nothing arrived.');
    expect(verified(secret, arrival)).toEqual(verified(body.secret as string, arrival));
  });
});
