import { describe, expect, it } from '@jest/globals';
import type { UsageStore } from '../../../lambdas/core/account/usage.ts';
import type { SendMessage } from '../../../lambdas/core/contract/messages.ts';
import { DEFAULT_PLANS, type Plan } from '../../../lambdas/core/contract/plans.ts';
import { type AcceptDeps, accept, type Submission } from '../../../lambdas/core/email/accept.ts';
import type { SendRequest } from '../../../lambdas/core/email/send-request.ts';
import { memoryEmails } from './fake-emails.ts';
import { ACCOUNT, aDomain, aKey, anAccount, NOW, only } from './fakes.ts';

const REQUEST: SendRequest = {
  from: 'Shop <shop@example.com>',
  to: ['ada@example.org', 'ADA@example.org'],
  cc: ['bob@example.org'],
  subject: 'Hello',
  html: '<p>Hello</p>',
};
const plan = DEFAULT_PLANS.Starter as Plan;

function submission(changes: Partial<Submission> = {}): Submission {
  return { request: REQUEST, key: aKey(), account: anAccount(), plan, ...changes };
}

function setup(changes: Partial<AcceptDeps> = {}) {
  const effects: string[] = [];
  const messages: SendMessage[] = [];
  const emails = memoryEmails();
  const note = <T>(effect: string, result: T) => {
    effects.push(effect);
    return result;
  };
  const usage = only<UsageStore>('usage', {
    charge: async ({ environment, month }, n, limit) =>
      note(`charge ${environment} ${month} ${n} of ${limit}`, n),
    refund: async ({ month }, n) => note(`refund ${month} ${n}`, undefined),
  });
  const deps: AcceptDeps = {
    emails: {
      find: (account, id) => note('find', emails.store.find(account, id)),
      put: (email) => note('put', emails.store.put(email)),
    },
    contents: { put: async (_, content) => note(`content ${Object.keys(content)}`, undefined) },
    recipients: { add: async (_, addresses) => note(`index ${addresses}`, undefined) },
    domains: { find: async (name) => note(`domain ${name}`, aDomain()) },
    suppressions: {
      findSuppressed: async (_, addresses, now) =>
        note<string[]>(`suppressions ${addresses} ${now - NOW}`, []),
    },
    usage,
    quota: {
      charged: async (_usage, n, total, limit) =>
        note(`charged ${n} to ${total} of ${limit}`, undefined),
      refused: async (_usage, limit) => note(`refused at ${limit}`, undefined),
    },
    queue: { send: async (message) => note('queue', void messages.push(message)) },
    now: () => NOW,
    sendFor: 1000,
    ...changes,
  };
  return { deps, effects, messages, emails };
}

describe('accepting an email', () => {
  it('checks, charges, keeps the content, writes the message and last of all the record', async () => {
    const { deps, effects, messages } = setup();
    const result = await accept(submission(), deps);
    expect(effects).toEqual([
      'domain example.com',
      'suppressions ada@example.org,bob@example.org 0',
      'charge live 2026-11 2 of 10000',
      'charged 2 to 2 of 10000',
      'content html',
      'index ada@example.org,bob@example.org',
      'queue',
      'put',
    ]);
    if (result.kind !== 'accepted') throw new Error(result.kind);
    const { email } = result;
    expect(email).toMatchObject({ phase: 'queued', attempt: 0, taken: false, sendBy: NOW + 1000 });
    expect(email).toMatchObject({ createdAt: '2026-11-23T05:50:00.250Z', to: REQUEST.to });
    expect(email).not.toHaveProperty('html');
    const { id, nonce } = email;
    expect(messages).toEqual([{ account: ACCOUNT, id, environment: 'live', nonce, at: NOW }]);
  });

  it('replays the same key and body without any further effect, whatever has changed since', async () => {
    const { deps, effects, messages } = setup();
    const first = await accept(submission({ idempotencyKey: 'k' }), deps);
    effects.length = 0;
    const suspended = anAccount({ status: 'suspended' });
    const again = await accept(submission({ idempotencyKey: 'k', account: suspended }), deps);
    expect(again).toEqual({ ...first, kind: 'replayed' });
    expect(effects).toEqual(['find']);
    expect(messages).toHaveLength(1);
  });

  it('answers the same key with another body with a conflict', async () => {
    const { deps, effects } = setup();
    await accept(submission({ idempotencyKey: 'k' }), deps);
    effects.length = 0;
    const request = { ...REQUEST, html: '<p>Other</p>' };
    const again = await accept(submission({ idempotencyKey: 'k', request }), deps);
    expect(again).toEqual({ kind: 'conflict' });
    expect(effects).toEqual(['find']);
  });

  it.each([
    [REQUEST, 'replayed'],
    [{ ...REQUEST, subject: 'Other' }, 'conflict'],
  ])('gives the charge back where another request put first', async (request, kind) => {
    const { deps, emails, effects } = setup();
    await accept(submission({ idempotencyKey: 'k' }), deps);
    effects.length = 0;
    const blind = { ...deps.emails, find: async () => undefined };
    const raced = { ...deps, emails: blind };
    const result = await accept(submission({ idempotencyKey: 'k', request }), raced);
    expect(result.kind).toBe(kind);
    expect(effects.at(-1)).toBe('refund 2026-11 2');
    expect(emails.writes).toEqual(['put']);
  });

  describe('gives the first answer where the same key was accepted while it was being checked, although', () => {
    /** A twin is accepted after the first look at the record, and `later` is what is found from then on. */
    async function raced(later: (deps: AcceptDeps) => Partial<AcceptDeps>) {
      const { deps, effects } = setup();
      const first = await accept(submission({ idempotencyKey: 'k' }), deps);
      let looks = 0;
      const find: AcceptDeps['emails']['find'] = async (account, id) => {
        looks += 1;
        return looks === 1 ? undefined : await deps.emails.find(account, id);
      };
      const emails = { ...deps.emails, find };
      const changed = { ...deps, ...later(deps), emails };
      const again = await accept(submission({ idempotencyKey: 'k' }), changed);
      return { first, again, effects };
    }

    it('its recipient has bounced since', async () => {
      const { first, again } = await raced(() => ({
        suppressions: { findSuppressed: async () => ['ada@example.org'] },
      }));
      expect(again).toEqual({ ...first, kind: 'replayed' });
    });

    it('its domain is gone since', async () => {
      const { first, again } = await raced(() => ({ domains: { find: async () => undefined } }));
      expect(again).toEqual({ ...first, kind: 'replayed' });
    });

    it('it took the last of the quota', async () => {
      const usage = only<UsageStore>('usage', { charge: async () => undefined });
      const { first, again, effects } = await raced(() => ({ usage }));
      expect(again).toEqual({ ...first, kind: 'replayed' });
      expect(effects).not.toContain('refused at 10000');
    });
  });

  it('says so when a consumer gave it up before its commit, and keeps the charge', async () => {
    const { deps, effects } = setup();
    const abandoned = { ...deps.emails, put: async () => ({ kind: 'abandoned' as const }) };
    expect(await accept(submission(), { ...deps, emails: abandoned })).toEqual({
      kind: 'abandoned',
    });
    expect(effects.filter((effect) => effect.startsWith('refund'))).toEqual([]);
  });

  it('refuses a suspended account, and a domain that the key is not for, before any read', async () => {
    const { deps, effects } = setup();
    const suspended = submission({ account: anAccount({ status: 'suspended' }) });
    expect(await accept(suspended, deps)).toEqual({ kind: 'suspended' });
    const bound = submission({ key: aKey({ domain: 'other.example' }) });
    const kind = 'foreign-domain';
    const only = 'other.example';
    expect(await accept(bound, deps)).toEqual({ kind, domain: 'example.com', only });
    expect(effects).toEqual([]);
  });

  it.each([
    ['nobody', undefined],
    ['another account', aDomain({ account: 'b'.repeat(24) })],
    ['nobody yet, being pending', aDomain({ status: 'pending' })],
    ['nobody, having failed', aDomain({ status: 'failed' })],
  ])('refuses a domain that belongs to %s and charges nothing', async (_, found) => {
    const { deps, effects } = setup({ domains: { find: async () => found } });
    expect(await accept(submission(), deps)).toEqual({ kind: 'unverified', domain: 'example.com' });
    expect(effects).toEqual(['suppressions ada@example.org,bob@example.org 0']);
  });

  it('names suppressed addresses as they were written', async () => {
    const suppressions = { findSuppressed: async () => ['ada@example.org'] };
    const { deps, effects } = setup({ suppressions });
    const request = { ...REQUEST, to: 'Ada <Ada@Example.org>' };
    const result = await accept(submission({ request }), deps);
    expect(result).toEqual({ kind: 'suppressed', addresses: ['Ada@Example.org'] });
    expect(effects).toEqual(['domain example.com']);
  });

  it('refuses what does not fit into the month, with the time until the next', async () => {
    const { deps, effects, messages } = setup({
      usage: only<UsageStore>('usage', { charge: async () => undefined }),
    });
    const limit = 10_000;
    const retryAfter = Math.ceil((Date.UTC(2026, 11, 1) - NOW) / 1000);
    expect(await accept(submission(), deps)).toEqual({ kind: 'quota', limit, retryAfter });
    expect(effects.at(-1)).toBe('refused at 10000');
    expect(messages).toEqual([]);
  });

  it('of a test key charges its own allowance', async () => {
    const { deps, effects } = setup();
    await accept(submission({ key: aKey({ environment: 'test' }) }), deps);
    expect(effects).toContain('charge test 2026-11 2 of 100000');
  });

  it('commits nothing when the queue does not answer', async () => {
    const queue = { send: () => Promise.reject(new Error('No answer.')) };
    const { deps, emails } = setup({ queue });
    await expect(accept(submission(), deps)).rejects.toThrow('No answer.');
    expect(emails.writes).toEqual([]);
  });
});
