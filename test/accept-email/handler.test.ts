import { describe, expect, it } from '@jest/globals';
import { createHandler } from '../../lambdas/accept-email/handler.ts';
import type { UsageStore } from '../../lambdas/core/account/usage.ts';
import type { ApiKey } from '../../lambdas/core/api-key/api-key.ts';
import type { AcceptDeps } from '../../lambdas/core/email/accept.ts';
import type { HttpEvent } from '../../lambdas/core/http/request.ts';
import { memoryEmails } from '../core/email/fake-emails.ts';
import { aDomain, only } from '../core/email/fakes.ts';
import { call, httpEvent, httpWorld, KEY, UNKNOWN_KEY } from '../core/http/fake-http.ts';

const BODY = { from: 'shop@example.com', to: 'ada@example.org', subject: 'Hello', text: 'Hi' };
const AUTH = { authorization: `Bearer ${KEY}` };

function setup(changes: Partial<AcceptDeps> = {}, key: Partial<ApiKey> = {}, room = 9) {
  const { world, deps } = httpWorld(key, room);
  const charged = { room: true };
  const emails = memoryEmails();
  const handler = createHandler({
    ...deps,
    emails: emails.store,
    contents: { put: async () => undefined },
    recipients: { add: async () => undefined },
    domains: { find: async () => aDomain() },
    suppressions: { findSuppressed: async () => [] },
    quota: { charged: async () => undefined, refused: async () => undefined },
    queue: { send: async () => undefined },
    sendFor: 1000,
    ...changes,
    usage: only<UsageStore>('usage', {
      countRequest: deps.usage.countRequest,
      charge: async () => (charged.room ? 1 : undefined),
    }),
  });
  const post = (body: unknown, event: Partial<HttpEvent> = {}) =>
    call(
      handler,
      httpEvent({ body: typeof body === 'string' ? body : JSON.stringify(body), ...event }),
    );
  return { world, post, charged, emails };
}

describe('posting an email', () => {
  it('answers 202 with exactly the keys of docs/api.md, and the rate', async () => {
    const { post } = setup();
    const { status, text, headers } = await post(BODY);
    expect(status).toBe(202);
    expect(text).toMatch(
      /^\{"id":"[0-9a-f]{24}","status":"queued","from":"shop@example.com","to":"ada@example.org","subject":"Hello","createdAt":"2026-11-23T05:50:00.250Z"\}$/,
    );
    expect(headers).toEqual({
      'content-type': 'application/json; charset=utf-8',
      'x-ratelimit-limit': '10',
      'x-ratelimit-remaining': '8',
    });
  });

  it('takes JSON whatever its content type, in base64 and after a byte order mark', async () => {
    const { post } = setup();
    const text = `\ufeff${JSON.stringify({ ...BODY, subject: 'Grüße' })}`;
    const body = Buffer.from(text).toString('base64');
    const headers = { ...AUTH, 'content-type': 'text/plain' };
    const answer = await post(body, { isBase64Encoded: true, headers });
    expect(answer).toMatchObject({ status: 202, body: { subject: 'Grüße' } });
  });

  it('answers every bad key with the same bytes, and a malformed one costs no read', async () => {
    const missing = setup();
    const first = await missing.post(BODY, { headers: {} });
    expect(first).toMatchObject({ status: 401, body: { error: 'Unauthorized' } });
    expect(first.body.message).toContain('Authorization: Bearer <key>');
    expect(Object.keys(first.headers).filter((name) => name.startsWith('x-'))).toEqual([]);
    for (const authorization of ['', 'Bearer x', KEY, `Basic ${KEY}`, `Bearer ${KEY}x`]) {
      expect(await missing.post(BODY, { headers: { authorization } })).toEqual(first);
    }
    expect(missing.world.reads).toBe(0);
    const unknown = { authorization: `Bearer ${UNKNOWN_KEY}` };
    expect(await missing.post(BODY, { headers: unknown })).toEqual(first);
    expect(missing.world.reads).toBe(1);
    const revoked = setup({}, { revokedAt: '2026-11-01T00:00:00.000Z' });
    expect(await revoked.post(BODY)).toEqual(first);
  });

  it('checks in the order of docs/api.md', async () => {
    const big = { html: 'x'.repeat(5 * 1024 * 1024 + 1) };
    const none = setup({}, {}, 0);
    expect((await none.post(big, { headers: {} })).status).toBe(401);
    expect((await none.post(big)).status).toBe(429);
    const domains = { find: async () => undefined };
    const bad = setup({ domains });
    bad.charged.room = false;
    expect((await bad.post(big)).status).toBe(413);
    expect((await bad.post({ html: 'x' })).status).toBe(400);
    expect((await bad.post(BODY)).status).toBe(403);
    const full = setup();
    full.charged.room = false;
    expect((await full.post(BODY)).body.error).toBe('Monthly quota exceeded');
  });

  it('carries the rate on every answer to a key and Retry-After on a 429 only', async () => {
    const limited = setup({}, {}, 0);
    const rate = await limited.post(BODY);
    expect(rate.body.error).toBe('Rate limit exceeded');
    expect(rate.headers).toMatchObject({ 'retry-after': '1', 'x-ratelimit-remaining': '0' });
    const { post, charged } = setup();
    for (const body of ['{', 'null', '[]', '', BODY]) {
      const { headers } = await post(body);
      expect(headers).toHaveProperty('x-ratelimit-limit', '10');
      expect(headers).not.toHaveProperty('retry-after');
    }
    charged.room = false;
    const quota = await post(BODY);
    expect(quota.headers).toMatchObject({ 'retry-after': '670200', 'x-ratelimit-limit': '10' });
  });

  it.each(['{', '', 'null', '[]', '"text"', '7'])(
    'answers the body %j with a 400',
    async (body) => {
      const { status, body: answer } = await setup().post(body);
      expect(status).toBe(400);
      expect(Object.keys(answer)).toEqual(['error', 'message']);
      expect(answer.error).toBe('Validation failed');
    },
  );

  it('answers bytes that are no UTF-8 with a 400', async () => {
    const body = Buffer.from([0x7b, 0xff, 0x7d]).toString('base64');
    expect((await setup().post(body, { isBase64Encoded: true })).status).toBe(400);
  });

  it('replays an idempotency key byte for byte and refuses it for another body', async () => {
    const { post, charged } = setup();
    const headers = { ...AUTH, 'idempotency-key': 'order 1' };
    const first = await post(BODY, { headers });
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    charged.room = false;
    const again = await post(JSON.stringify(BODY, null, 2), { headers });
    expect(again.text).toBe(first.text);
    expect(again).toMatchObject({ status: 202, headers: { 'idempotent-replayed': 'true' } });
    const other = await post({ ...BODY, text: 'Other' }, { headers });
    expect(other).toMatchObject({ status: 409, body: { error: 'Conflict' } });
  });

  it.each(['', 'x'.repeat(257), 'schlüssel'])('refuses the idempotency key %j', async (key) => {
    const answer = await setup().post(BODY, { headers: { ...AUTH, 'idempotency-key': key } });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain("'Idempotency-Key'");
  });

  it('names the domain or the address in a 403', async () => {
    const unverified = await setup({ domains: { find: async () => undefined } }).post(BODY);
    expect(unverified).toMatchObject({ status: 403, body: { error: 'Domain not verified' } });
    expect(unverified.body.message).toContain('example.com');
    const suppressions = { findSuppressed: async () => ['ada@example.org'] };
    const suppressed = await setup({ suppressions }).post(BODY);
    expect(suppressed).toMatchObject({ status: 403, body: { error: 'Recipient suppressed' } });
    expect(suppressed.body.message).toContain('ada@example.org');
  });

  it('hides what went wrong inside from the caller, not from the log', async () => {
    const queue = { send: () => Promise.reject(new Error('arn:aws:secret')) };
    const { post, world } = setup({ queue });
    const { status, body, text, headers } = await post(BODY);
    expect(status).toBe(500);
    expect(body.error).toBe('Internal server error');
    expect(text).not.toContain('arn:');
    expect(headers).toHaveProperty('x-ratelimit-limit', '10');
    expect(String(world.lines.find((line) => line.error)?.error)).toContain('arn:aws:secret');
  });

  it('logs neither addresses nor content nor the key', async () => {
    const { post, world } = setup();
    await post(BODY);
    const line = JSON.stringify(world.lines);
    for (const secret of ['ada@', 'Hello', KEY]) expect(line).not.toContain(secret);
    expect(world.lines[0]?.fields).toMatchObject({ status: 202, route: 'POST /api/v1/emails' });
  });
});
