import { describe, expect, it } from '@jest/globals';
import type { ApiKey } from '../../lambdas/core/api-key/api-key.ts';
import type { Email } from '../../lambdas/core/email/email.ts';
import type { EmailStore, ListQuery } from '../../lambdas/core/email/email-store.ts';
import type { Gate } from '../../lambdas/core/sending/gate.ts';
import { createHandler } from '../../lambdas/get-email/handler.ts';
import { ACCOUNT, anEmail, EMAIL, only } from '../core/email/fakes.ts';
import { call, httpEvent, httpWorld } from '../core/http/fake-http.ts';

function setup(emails: Email[], key: Partial<ApiKey> = {}, gate: Gate = {}) {
  const { deps } = httpWorld(key);
  const queries: ListQuery[] = [];
  const store = only<EmailStore>('emails', {
    find: async (account, id) => emails.find((e) => e.account === account && e.id === id),
    async list(query) {
      queries.push(query);
      const start = Number(query.position ?? 0);
      const end = start + query.limit;
      const position = end < emails.length ? String(end) : null;
      return { entries: emails.slice(start, end), position };
    },
  });
  const handler = createHandler({
    ...deps,
    emails: store,
    contents: { find: async () => undefined },
    gate: { read: async () => gate },
  });
  return {
    queries,
    one: (id: string) => call(handler, httpEvent({ method: 'GET', pathParameters: { id } })),
    list: (query: Record<string, string> = {}) =>
      call(handler, httpEvent({ method: 'GET', queryStringParameters: query })),
  };
}
const numbered = (count: number, changes: (i: number) => Partial<Email> = () => ({})) =>
  Array.from({ length: count }, (_, i) =>
    anEmail({ id: String(i).padStart(24, '0'), ...changes(i) }),
  );

describe('one email', () => {
  it('is shown with its state', async () => {
    const { status, body, headers } = await setup([anEmail()]).one(EMAIL);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: EMAIL, status: 'queued', environment: 'live' });
    expect(headers).toHaveProperty('x-ratelimit-limit', '10');
  });

  it('is a 404 when it is unknown, of the other environment or of another domain', async () => {
    const unknown = await setup([]).one(EMAIL);
    expect(unknown).toMatchObject({ status: 404, body: { error: 'Not found' } });
    expect((await setup([]).one('not-an-id')).text).toBe(unknown.text);
    expect((await setup([anEmail({ environment: 'test' })]).one(EMAIL)).text).toBe(unknown.text);
    const bound = setup([anEmail()], { domain: 'other.example' });
    expect((await bound.one(EMAIL)).text).toBe(unknown.text);
  });

  it('that waits at a closed gate says why', async () => {
    const refused = { code: 'X', message: 'Sending is paused.', at: 0 };
    const { body } = await setup([anEmail()], {}, { refused }).one(EMAIL);
    expect(body.events.at(-1)).toMatchObject({ type: 'waiting', message: 'Sending is paused.' });
    const sent = await setup([anEmail({ taken: true })], {}, { refused }).one(EMAIL);
    expect(sent.body.events.map((e: { type: string }) => e.type)).not.toContain('waiting');
  });
});

describe('the list of emails', () => {
  it('needs a key with full scope', async () => {
    const answer = await setup([], { scope: 'send' }).list();
    expect(answer).toMatchObject({ status: 403, body: { error: 'Forbidden' } });
  });

  it('comes in pages that its cursor joins', async () => {
    const { list } = setup(numbered(45));
    const first = await list();
    expect(first.body.data).toHaveLength(20);
    const second = await list({ cursor: first.body.nextCursor });
    const third = await list({ cursor: second.body.nextCursor });
    expect(third.body.data).toHaveLength(5);
    expect(third.body.nextCursor).toBeNull();
    const ids = [first, second, third].flatMap((page) =>
      page.body.data.map((e: { id: string }) => e.id),
    );
    expect(new Set(ids).size).toBe(45);
  });

  it('refuses a cursor of another list or of none', async () => {
    const { list } = setup(numbered(45));
    const { nextCursor } = (await list()).body;
    for (const query of [{ cursor: nextCursor, status: 'sent' }, { cursor: 'x' }]) {
      expect((await list(query)).status).toBe(400);
    }
  });

  it('filters over pages and answers with a cursor once it has read enough', async () => {
    const emails = numbered(2000, (i) => (i === 900 ? { tags: ['rare'] } : {}));
    const { list, queries } = setup(emails);
    const first = await list({ tag: 'rare', limit: '100' });
    expect(first.body.data).toEqual([]);
    expect(queries).toHaveLength(5);
    const query = { tag: 'rare', limit: '100', cursor: first.body.nextCursor };
    expect((await list(query)).body.data).toHaveLength(1);
  });

  it('asks for the account, the environment, the time and the recipient in normal form', async () => {
    const { list, queries } = setup([]);
    await list({ recipient: 'Ada <ADA@Example.org>', after: '2026-01-31', limit: '5' });
    expect(queries).toEqual([
      {
        account: ACCOUNT,
        environment: 'live',
        limit: 5,
        recipient: 'ada@example.org',
        after: '2026-01-31T00:00:00.000Z',
      },
    ]);
  });

  it.each([
    [{ limit: '0' }, "The 'limit' field must be at least 1."],
    [{ limit: '101' }, "The 'limit' field must be at most 100."],
    [{ limit: 'x' }, "The 'limit' field must be a whole number from 1 to 100."],
    [{ recipient: 'x' }, "The 'recipient' field must be an email address."],
    [{ Status: 'sent' }, "The 'Status' field is not known: did you mean 'status'?"],
  ])('refuses %j', async (query, message) => {
    const { status, body } = await setup([]).list(query as Record<string, string>);
    expect({ status, message: body.message }).toEqual({ status: 400, message });
  });

  it.each([{ status: 'gone' }, { after: 'yesterday' }, { before: '2026-13-01' }])(
    'names what is wrong with %j',
    async (query) => {
      const { status, body } = await setup([]).list(query as Record<string, string>);
      expect(status).toBe(400);
      expect(body.message).toContain(`'${Object.keys(query)[0]}'`);
    },
  );
});
