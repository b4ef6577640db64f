import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Answer } from './fake-api.ts';
import { ANSWERS, ID, openWorld, post } from './harness.ts';

const BOUNCE = JSON.stringify({ event: 'email.bounced', to: 'bounced@example.com' });

let world: Awaited<ReturnType<typeof openWorld>>;

beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** Begins anew with an API of other answers. */
async function reopen(answers: Readonly<Record<string, Answer>>) {
  await world.close();
  world = await openWorld(answers);
}

describe('npm run receiver', () => {
  it('makes an endpoint for live events, and deletes it at Ctrl-C', async () => {
    const receiver = world.start();
    const url = await receiver.url();
    receiver.interrupt();
    expect(await receiver.ended).toBe(0);
    const authorization = 'Bearer ml_live_x';
    expect(world.api.asked).toEqual([
      { method: 'POST', path: '/api/v1/webhooks', authorization, body: expect.any(String) },
      { method: 'DELETE', path: `/api/v1/webhooks/${ID}`, authorization, body: '' },
    ]);
    expect(JSON.parse(world.api.asked[0]?.body ?? '')).toEqual({
      url,
      events: [
        'email.sent',
        'email.delivery_delayed',
        'email.delivered',
        'email.bounced',
        'email.complained',
        'email.failed',
      ],
      environment: 'live',
    });
    await expect(fetch(url)).rejects.toThrow();
  });

  it('takes the test key and its events with --test', async () => {
    const receiver = world.start('--test');
    await receiver.url();
    expect(world.api.asked[0]?.authorization).toBe('Bearer ml_test_x');
    expect(JSON.parse(world.api.asked[0]?.body ?? '')).toMatchObject({ environment: 'test' });
  });

  it('shows time, event, recipient, id, signature, answer and body of what arrives', async () => {
    const receiver = world.start();
    const response = await post(await receiver.url(), BOUNCE);
    expect(response.status).toBe(204);
    await receiver.says('}');
    expect(receiver.output().split('Stop with Ctrl-C.\n\n')[1]).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} {2}email\.bounced {2}to bounced@example\.com\n {2}webhook-id {3}msg_1\n {2}environment {2}live\n {2}signature {4}right\n {2}answered {5}204\n {2}\{\n {4}"event": "email\.bounced",\n {4}"to": "bounced@example\.com"\n {2}\}\n\n$/,
    );
  });

  it.each([
    ['id that was changed', 'webhook-id', 'msg_2', 'No matching signature found'],
    ['time that is over', 'webhook-timestamp', '1600000000', 'Message timestamp too old'],
    ['signature that is missing', 'webhook-signature', '', 'Missing required headers'],
  ])('says that the signature is wrong after a %s', async (_, header, value, reason) => {
    const receiver = world.start();
    await post(await receiver.url(), BOUNCE, { [header]: value });
    await receiver.says(`signature    WRONG (${reason})`);
  });

  it('checks the signature over the very bytes, and keeps control characters off the terminal', async () => {
    const receiver = world.start();
    const body = '{"event":"\\u001b[2J",  "to":"ada@example.com\\u009b"}';
    await post(await receiver.url(), body);
    await receiver.says('signature    right');
    await receiver.says('?[2J  to ada@example.com?\n');
    expect(receiver.output()).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it('shows a body that is no JSON', async () => {
    const receiver = world.start();
    await post(await receiver.url(), 'hello');
    await receiver.says('(no event)  to (no to)');
    await receiver.says('"hello"');
  });

  it('answers as it is told, so that retries can be seen', async () => {
    const receiver = world.start('--answer', '500');
    expect((await post(await receiver.url(), BOUNCE)).status).toBe(500);
    await receiver.says('answered     500');
  });

  it('shows nothing of a request that is no webhook', async () => {
    const receiver = world.start();
    const url = await receiver.url();
    expect((await fetch(url)).status).toBe(405);
    await post(url, BOUNCE);
    await receiver.says('email.bounced');
    expect(receiver.output()).not.toContain('(no event)');
  });

  it('says so when its endpoint could not be deleted', async () => {
    const refusal = { status: 500, body: '{"error":"Internal server error","message":"Again."}' };
    await reopen({ ...ANSWERS, [`DELETE /api/v1/webhooks/${ID}`]: refusal });
    const receiver = world.start();
    await receiver.url();
    receiver.interrupt();
    expect(await receiver.ended).toBe(1);
    expect(receiver.output()).toContain(
      `The endpoint ${ID} was not deleted. Internal server error: Again.\n`,
    );
  });

  it('does not mind when its endpoint is gone already', async () => {
    await reopen({ ...ANSWERS, [`DELETE /api/v1/webhooks/${ID}`]: { status: 404, body: '{}' } });
    const receiver = world.start();
    await receiver.url();
    receiver.interrupt();
    expect(await receiver.ended).toBe(0);
  });
});
