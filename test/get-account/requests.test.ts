import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { createHandler as acceptEmail } from '../../lambdas/accept-email/handler.ts';
import type { UsageStore } from '../../lambdas/core/account/usage.ts';
import type { RefusedRequest } from '../../lambdas/core/request-log/refused-request.ts';
import { requestStore } from '../../lambdas/core/table/request-store.ts';
import { routes } from '../../lambdas/get-account/route.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { memoryEmails } from '../core/email/fake-emails.ts';
import { aDomain, NOW, only } from '../core/email/fakes.ts';
import { call, httpEvent, httpWorld } from '../core/http/fake-http.ts';
import { accountWorld } from './account-world.ts';

let fixture: TestTable;
beforeAll(async () => {
  fixture = await startTable();
});
afterAll(() => fixture.stop());

const world = () => accountWorld(fixture.table);

const refusal = (second: number, changes: Partial<RefusedRequest> = {}): RefusedRequest => ({
  time: new Date(NOW + second * 1000).toISOString(),
  key: { name: 'server', last4: 'abcd', environment: 'live' },
  route: 'POST /api/v1/emails',
  status: 403,
  error: 'Recipient suppressed',
  message: `number ${second}`,
  recipientDomains: ['example.com'],
  ...changes,
});

const messages = (answer: { body: { data: RefusedRequest[] } }) =>
  answer.body.data.map(({ message }) => message);

describe('the list of refused requests', () => {
  it('has the newest first, in pages that hold each once, while more are noted', async () => {
    const { id, refusals, live } = world();
    for (let i = 0; i < 25; i += 1) await refusals.note(id, refusal(i));
    const first = await live('requests');
    expect(v.is(routes.requests.answers[200], first.body)).toBe(true);
    expect(messages(first)).toEqual(Array.from({ length: 20 }, (_, i) => `number ${24 - i}`));
    await refusals.note(id, refusal(30));
    const cursor = first.body.nextCursor;
    const second = await live('requests', { cursor });
    expect(messages(second)).toEqual([4, 3, 2, 1, 0].map((i) => `number ${i}`));
    expect(second.body.nextCursor).toBeNull();
    expect((await live('requests', { limit: '26' })).body.nextCursor).toBeNull();
  });

  it('can be narrowed to a status, and a cursor holds for its own filter and account only', async () => {
    const { id, refusals, live } = world();
    for (let i = 0; i < 6; i += 1) {
      await refusals.note(id, refusal(i, i % 2 ? { status: 429 } : {}));
    }
    const page = await live('requests', { status: '429', limit: '2' });
    expect(messages(page)).toEqual(['number 5', 'number 3']);
    const { nextCursor: cursor } = page.body;
    expect(messages(await live('requests', { status: '429', cursor }))).toEqual(['number 1']);
    for (const answer of [
      await live('requests', { cursor }),
      await live('requests', { status: '429', cursor: 'x' }),
      await world().live('requests', { status: '429', cursor }),
    ]) {
      expect(answer).toMatchObject({ status: 400, body: { error: 'Validation failed' } });
    }
  });

  it.each(['200', '4', '4000', 'x', '-403', ''])('refuses the status %j', async (status) => {
    const answer = await world().live('requests', { status });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain("The 'status' field must be the status of an error");
  });

  it('shows a test key what test keys were refused, a live key everything', async () => {
    const { id, refusals, live, test } = world();
    const key = { name: 'try', last4: 'wxyz', environment: 'test' } as const;
    await refusals.note(id, refusal(0));
    await refusals.note(id, refusal(1, { key }));
    expect(messages(await test('requests'))).toEqual(['number 1']);
    expect(messages(await live('requests'))).toEqual(['number 1', 'number 0']);
  });

  it('of another account shows nothing of it', async () => {
    const theirs = world();
    await theirs.refusals.note(theirs.id, refusal(0));
    expect((await world().live('requests')).body).toEqual({ data: [], nextCursor: null });
  });
});

/** accept-email with its refusals on the real table; everything but what refuses is at hand. */
function sending(account: string, room = 1000) {
  const { deps } = httpWorld({ account }, room);
  const clock = { now: NOW };
  const handler = acceptEmail({
    ...deps,
    refusals: requestStore(fixture.table, 60_000),
    emails: memoryEmails().store,
    contents: { put: async () => undefined },
    recipients: { add: async () => undefined },
    domains: { find: async (name) => (name === 'example.com' ? aDomain({ account }) : undefined) },
    suppressions: { findSuppressed: async (_account, addresses) => [...addresses] },
    quota: { charged: async () => undefined, refused: async () => undefined },
    queue: { send: async () => undefined },
    sendFor: 1000,
    usage: only<UsageStore>('usage', { countRequest: deps.usage.countRequest }),
    now: () => clock.now,
  });
  return (body: string) => {
    clock.now += 1000;
    return call(handler, httpEvent({ body }));
  };
}

describe('what the table holds of refused requests', () => {
  it('is nothing of a body and no address', async () => {
    const { id, live } = world();
    const post = sending(id);
    const whole = {
      from: 'Canary One <canary.one@example.com>',
      to: 'Canary Two <canary.two@x.example>',
      cc: ['canary.three@y.example'],
      bcc: ['canary.four@z.example'],
      replyTo: 'canary.five@x.example',
      subject: 'canary six',
      html: '<p>canary seven</p>',
      text: 'canary eight',
      tags: ['canary nine'],
    };
    const variants: object[] = [
      whole,
      { ...whole, from: 'canary.one@other.example' },
      { ...whole, html: null, text: null },
      { ...whole, subject: 'canary\nsix', tags: ['canary\u0000'] },
      ...Object.keys(whole).flatMap((field) => [
        { ...whole, [field]: 'a canary without a field of its own' },
        { ...whole, [field]: ['canary..dots@x.example', 'canary space@x.example'] },
        { ...whole, [field]: { canary: 'canary' } },
        { ...whole, [field]: [['canary']] },
        { ...whole, [field]: 'x@ the canary and its text' },
      ]),
    ];
    for (const variant of variants) {
      expect((await post(JSON.stringify(variant))).status).toBeGreaterThanOrEqual(400);
    }
    expect((await post('{"to":"canary@x.example"')).status).toBe(400);
    expect((await post('"canary"')).status).toBe(400);
    const over = await sending(id, 0)(JSON.stringify(whole));
    expect(over.status).toBe(429);

    const { client, name } = fixture.table;
    const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
    const dump = JSON.stringify(Items.filter(({ pk }) => String(pk).includes(id)));
    expect(dump).toContain('Recipient suppressed');
    expect(dump).toContain('x.example');
    expect(dump).not.toMatch(/canary/i);
    const { data } = (await live('requests', { limit: '100' })).body;
    expect(data).toHaveLength(variants.length + 3);
    expect(JSON.stringify(data)).not.toMatch(/canary/i);
    const suppressed = data.find(({ error }: RefusedRequest) => error === 'Recipient suppressed');
    expect(suppressed).toMatchObject({
      recipientDomains: ['x.example', 'y.example', 'z.example'],
      message: expect.stringContaining(
        'The addresses c…@x.example, c…@y.example, c…@z.example are',
      ),
    });
  });
});
