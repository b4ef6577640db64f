import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { healthStore } from '../../lambdas/core/table/health-store.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { NOW } from '../core/email/fakes.ts';
import { OWN_HOST } from '../core/http/fake-http.ts';
import { URL_BAD, URL_OK, unseal, webhookWorld } from './webhook-world.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

const world = () => webhookWorld(fixture.table);
const CREATED_AT = new Date(NOW).toISOString();

describe('making an endpoint', () => {
  it('answers 201 with the endpoint, the defaults and a secret', async () => {
    const { live } = world();
    const { status, body, headers } = await live('create', {}, { body: { url: URL_OK } });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      url: URL_OK,
      environment: 'live',
      events: ['email.delivered', 'email.bounced', 'email.complained'],
      description: null,
      status: 'enabled',
      disabledReason: null,
      disabledAt: null,
      createdAt: CREATED_AT,
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    });
    expect(headers).toMatchObject({ 'x-ratelimit-limit': '10' });
  });

  it('takes events, environment and description, and null for "not given"', async () => {
    const { live } = world();
    const wanted = { environment: 'test', events: ['email.failed'], description: 'Büro 📬' };
    const given = await live('create', {}, { body: { url: URL_OK, ...wanted } });
    expect(given).toMatchObject({ status: 201, body: wanted });
    const nothing = { environment: null, events: null, description: null };
    const { body } = await live('create', {}, { body: { url: URL_OK, ...nothing } });
    expect(body).toMatchObject({ environment: 'live', description: null });
  });

  it('keeps the secret encrypted for account and endpoint, and shows it never again', async () => {
    const { live, account, endpoints, create } = world();
    const { id, secret } = await create();
    const stored = await endpoints.find({ account, endpoint: id });
    const [kept] = stored?.secrets ?? [];
    const opened = Buffer.from(unseal(account, id, kept?.ciphertext ?? '')).toString('base64');
    expect(`whsec_${opened}`).toBe(secret);
    const answers = [
      await live('one', { id }),
      await live('list'),
      await live('change', { id }, { body: { description: 'x' } }),
    ];
    for (const { text } of answers) {
      expect(text).not.toContain('whsec_');
      expect(text).not.toContain(kept?.ciphertext);
    }
  });

  it.each<[unknown, string]>([
    [{}, "The 'url' field is required."],
    [{ url: null }, "The 'url' field is required."],
    [{ url: 7 }, "The 'url' field must be a string."],
    [{ url: '' }, "The 'url' field must not be empty."],
    [{ url: URL_BAD }, "The 'url' field must lead to a public address."],
    [{ url: `https://${OWN_HOST}/x` }, "The 'url' field must not point to this API."],
    [{ url: `https://${OWN_HOST.toUpperCase()}:8443` }, 'must not point to this API.'],
    [{ url: URL_OK, environment: 'prod' }, "The 'environment' field must be 'live' or 'test'."],
    [{ url: URL_OK, events: [] }, "The 'events' field must name at least one event."],
    [{ url: URL_OK, events: 'email.sent' }, "The 'events' field must be an array of event names."],
    [
      { url: URL_OK, events: ['email.opened'] },
      "The 'events[0]' field must be one of email.sent, ",
    ],
    [
      { url: URL_OK, events: ['email.sent', 'email.sent'] },
      "The 'events' field must not name an event twice.",
    ],
    [{ url: URL_OK, description: '' }, "The 'description' field must not be empty."],
    [
      { url: URL_OK, description: 'x'.repeat(201) },
      "The 'description' field must have at most 200 characters.",
    ],
    [
      { url: URL_OK, description: 'a\nb' },
      "The 'description' field must hold printable characters only.",
    ],
    [{ url: URL_OK, event: [] }, "The 'event' field is not known: did you mean 'events'?"],
    [{ url: URL_OK, secret: 'whsec_x' }, "The 'secret' field is not known"],
    [[], 'The body must be a JSON object.'],
    ['', 'The body is not valid JSON.'],
  ])('refuses %j', async (body, message) => {
    const { live } = world();
    const answer = await live('create', {}, { body });
    expect(answer).toMatchObject({ status: 400, body: { error: 'Validation failed' } });
    expect(answer.body.message).toContain(message);
    expect((await live('list')).body.data).toEqual([]);
  });

  it('stops at ten, also when more are made at once', async () => {
    const { live, create } = world();
    const made = await Promise.all(
      Array.from({ length: 14 }, () => live('create', {}, { body: { url: URL_OK } })),
    );
    const count = (status: number) => made.filter((each) => each.status === status).length;
    const { data } = (await live('list')).body;
    expect(data.length).toBeLessThanOrEqual(10);
    expect(count(201)).toBe(data.length);
    expect(count(403)).toBe(14 - data.length);
    for (let room = data.length; room < 10; room += 1) await create();
    const refused = await live('create', {}, { body: { url: URL_OK } });
    expect(refused).toMatchObject({ status: 403, body: { error: 'Plan limit reached' } });
    expect(refused.body.message).toContain('10 webhook endpoints');
    await live('remove', { id: data[0].id });
    expect((await live('create', {}, { body: { url: URL_OK } })).status).toBe(201);
  });
});

describe('the endpoints of an account', () => {
  it('are listed newest first, and found by their id', async () => {
    const { live, create, clock } = world();
    const first = await create();
    clock.now += 1000;
    const second = await create({ environment: 'test' });
    const list = await live('list');
    expect(list).toMatchObject({ status: 200, body: { nextCursor: null } });
    expect(list.body.data.map(({ id }: { id: string }) => id)).toEqual([second.id, first.id]);
    const { secret: _, ...shown } = second;
    expect((await live('one', { id: second.id })).body).toEqual(shown);
  });

  it('are gone at once when they are deleted', async () => {
    const { live, create } = world();
    const { id } = await create();
    expect(await live('remove', { id })).toMatchObject({ status: 204, text: '' });
    for (const route of ['one', 'remove', 'rotate', 'test', 'deliveries'] as const) {
      expect((await live(route, { id })).status).toBe(404);
    }
    expect((await live('list')).body.data).toEqual([]);
  });
});

describe('changing an endpoint', () => {
  it('sets what is given, leaves the rest, and removes a description that is null', async () => {
    const { live, create } = world();
    const { id, secret: _, ...before } = await create({ description: 'first' });
    const url = 'https://other.example.org/';
    const change = (body: object) => live('change', { id }, { body });
    expect((await change({ url })).body).toEqual({ ...before, id, url });
    const events = ['email.sent'];
    expect((await change({ events })).body).toEqual({ ...before, id, url, events });
    const bare = { ...before, id, url, events, description: null };
    expect((await change({ description: null })).body).toEqual(bare);
    expect((await live('one', { id })).body).toEqual(bare);
  });

  it('disables it with a reason, keeps the first reason, and enables it with a fresh health', async () => {
    const { live, create, clock, account } = world();
    const { id } = await create();
    const ref = { account, endpoint: id };
    const health = healthStore(fixture.table);
    await health.takeSlot(ref, 0, { owner: 'o', since: NOW, until: NOW + 1 }, NOW);
    await health.giveBack(ref, 0, 'o', { last: 'failed', failingSince: NOW, timeouts: 2 });
    const change = (status: string) => live('change', { id }, { body: { status } });
    const disabled = (await change('disabled')).body;
    const was = { disabledReason: 'It was disabled by request.', disabledAt: CREATED_AT };
    expect(disabled).toMatchObject({ status: 'disabled', ...was });
    clock.now += 1000;
    expect((await change('disabled')).body).toEqual(disabled);
    expect((await health.find(ref)).failingSince).toBe(NOW);
    const enabled = { status: 'enabled', disabledReason: null, disabledAt: null };
    expect((await change('enabled')).body).toMatchObject(enabled);
    expect(await health.find(ref)).not.toHaveProperty('failingSince');
  });

  it.each<[object | string, string]>([
    [{}, 'The body changes nothing.'],
    ['', 'The body is not valid JSON.'],
    [{ url: URL_BAD }, "The 'url' field must lead to a public address."],
    [{ url: `https://${OWN_HOST}` }, "The 'url' field must not point to this API."],
    [{ url: null }, "The 'url' field"],
    [{ events: [] }, "The 'events' field must name at least one event."],
    [{ status: 'paused' }, "The 'status' field must be 'enabled' or 'disabled'."],
    [{ environment: 'test' }, "The 'environment' field is not known"],
  ])('refuses %j and leaves it as it was', async (body, message) => {
    const { live, create } = world();
    const { id, secret: _, ...before } = await create();
    const answer = await live('change', { id }, { body });
    expect(answer).toMatchObject({ status: 400, body: { error: 'Validation failed' } });
    expect(answer.body.message).toContain(message);
    expect((await live('one', { id })).body).toEqual({ id, ...before });
  });
});
