import { describe, expect, it } from '@jest/globals';
import { deliverEmail } from '../../../lambdas/core/email/deliver.ts';
import type { EmailDeliveryDeps } from '../../../lambdas/core/email/delivery.ts';
import { type Email, possibleDuplicate } from '../../../lambdas/core/email/email.ts';
import { mailOf } from '../../../lambdas/core/email/event-tags.ts';
import type { SendOutcome } from '../../../lambdas/core/email/mail-sender.ts';
import { delivery, RUN, TIMES } from './fake-delivery.ts';
import { aDomain, aMessage, anAccount, anEmail, NOW, only } from './fakes.ts';

const accepted: SendOutcome = { kind: 'accepted' };
const sending = (changes: Partial<Email> = {}) =>
  anEmail({ phase: 'sending', attempt: 1, owner: 'other', leaseUntil: NOW - 1, ...changes });
const gaveUp = (attempt: number) => ({ eventType: 'Gave Up', mail: mailOf(anEmail(), attempt) });
const old = aMessage({ at: NOW - TIMES.recordGrace });
const emailsWith = (store: Partial<EmailDeliveryDeps['emails']>) =>
  only<EmailDeliveryDeps['emails']>('emails', store);

describe('a message without a record', () => {
  it('is looked at twice and then comes again within two seconds while it is young', async () => {
    const { deps, emails, sleeps } = delivery([]);
    const young = aMessage({ at: NOW - TIMES.recordGrace + 200 });
    const verdict = await deliverEmail(young, RUN, deps);
    expect(verdict).toEqual({ kind: 'retry', after: 1500, note: 'record not there yet' });
    expect(sleeps).toEqual([100]);
    expect(emails.writes).toEqual([]);
  });

  it('finds a record that comes at the second look', async () => {
    const { deps, emails } = delivery([], accepted);
    let looks = 0;
    const find = async () => {
      looks += 1;
      if (looks === 1) return undefined;
      await emails.store.put(anEmail());
      return anEmail();
    };
    const late = { ...deps, emails: emailsWith({ ...emails.store, find }) };
    expect(await deliverEmail(aMessage(), RUN, late)).toEqual({ kind: 'done', note: 'sent' });
  });

  it('gets a tombstone with its nonce once it is old, and is done', async () => {
    const { deps, emails } = delivery([]);
    expect(await deliverEmail(old, RUN, deps)).toEqual({ kind: 'done', note: 'accept abandoned' });
    expect(emails.abandoned).toEqual(new Set([old.nonce]));
    expect(await emails.store.put(anEmail())).toEqual({ kind: 'abandoned' });
  });

  it('comes again at once when the record appeared before the tombstone', async () => {
    const { deps, emails } = delivery([anEmail()]);
    const find = async () => undefined;
    const blind = { ...deps, emails: emailsWith({ ...emails.store, find }) };
    const verdict = await deliverEmail(old, RUN, blind);
    expect(verdict).toEqual({ kind: 'retry', after: 0, note: 'record appeared' });
  });
});

describe('a record', () => {
  it.each([
    [anEmail({ phase: 'sent', taken: true }), 'already sent'],
    [sending({ taken: true }), 'already sent'],
    [anEmail({ phase: 'failed' }), 'already failed'],
  ])('that is decided ends its message', async (email, note) => {
    const { deps, emails } = delivery([email]);
    expect(await deliverEmail(aMessage(), RUN, deps)).toEqual({ kind: 'done', note });
    expect(emails.writes).toEqual([]);
  });

  it('that says failed is reported again, and keeps its message until that is done', async () => {
    const { deps, reports } = delivery([anEmail({ phase: 'failed', attempt: 2 })]);
    const report = () => Promise.reject(new Error('No queue.'));
    await expect(deliverEmail(aMessage(), RUN, { ...deps, report })).rejects.toThrow('No queue.');
    await deliverEmail(aMessage(), RUN, deps);
    expect(reports).toEqual([gaveUp(2)]);
  });

  it('that is sent after all is not reported as failed', async () => {
    const { deps, reports } = delivery([anEmail({ phase: 'failed', taken: true })]);
    await deliverEmail(aMessage(), RUN, deps);
    expect(reports).toEqual([]);
  });

  it('under a live lease hides the message until the lease ends', async () => {
    const { deps, emails } = delivery([sending({ leaseUntil: NOW + 5000 })]);
    const verdict = await deliverEmail(aMessage(), RUN, deps);
    expect(verdict).toEqual({ kind: 'retry', after: 5000, note: 'claimed by another delivery' });
    expect(emails.writes).toEqual([]);
  });

  it('is claimed, sent and marked', async () => {
    const { deps, emails, calls, reserved } = delivery([anEmail()], accepted);
    expect(await deliverEmail(aMessage(), RUN, deps)).toEqual({ kind: 'done', note: 'sent' });
    expect(emails.writes).toEqual(['claim', 'markTaken']);
    expect(calls).toEqual([1]);
    expect(reserved).toEqual([{ now: NOW, duration: 1064, wait: TIMES.rateWait }]);
    const email = emails.get(anEmail());
    expect(email).toMatchObject({ phase: 'sent', taken: true, attempt: 1, unanswered: 0 });
    expect(email?.leaseUntil).toBe(NOW + TIMES.lease);
    expect(email && possibleDuplicate(email)).toBe(false);
  });

  it.each([0, 1])('whose lease ran out is sent again and flagged, after %i before', async (n) => {
    const { deps, emails, calls } = delivery(
      [sending({ attempt: n + 1, unanswered: n })],
      accepted,
    );
    expect(await deliverEmail(aMessage(), RUN, deps)).toEqual({ kind: 'done', note: 'sent' });
    const email = emails.get(anEmail());
    expect(email).toMatchObject({ attempt: n + 2, unanswered: n + 1 });
    expect(email && possibleDuplicate(email)).toBe(true);
    expect(calls).toEqual([n + 2]);
  });

  it('that went unanswered three times fails with an unknown outcome', async () => {
    const { deps, emails } = delivery([sending({ attempt: 3, unanswered: 2 })]);
    const verdict = await deliverEmail(aMessage(), RUN, deps);
    expect(verdict).toEqual({ kind: 'done', note: 'outcome_unknown' });
    expect(emails.writes).toEqual(['fail']);
    expect(emails.get(anEmail())?.failure?.message).toBe(
      'We handed the email to SES 3 times, and SES never answered. It may have been sent; an event from SES will then correct this status.',
    );
  });

  it('whose time is over fails as expired, with the last reason', async () => {
    const deferred = { code: 'X', message: 'SES was busy.', at: new Date(NOW).toISOString() };
    const { deps, emails } = delivery([anEmail({ sendBy: NOW, deferred })]);
    expect(await deliverEmail(aMessage(), RUN, deps)).toEqual({ kind: 'done', note: 'expired' });
    expect(emails.get(anEmail())?.failure?.message).toBe(
      'The email could not be sent before its retries expired. The last reason: SES was busy.',
    );
  });

  it('whose time is over after a try without an answer says that it may have been sent', async () => {
    const { deps, emails } = delivery([sending({ sendBy: NOW })]);
    expect(await deliverEmail(aMessage(), RUN, deps)).toEqual({ kind: 'done', note: 'expired' });
    expect(emails.get(anEmail())?.failure?.message).toBe(
      'The email could not be sent before its retries expired. SES did not answer an earlier attempt, which may have sent the email.',
    );
  });

  it.each<[string, Partial<EmailDeliveryDeps>, string]>([
    [
      'account_suspended',
      { accounts: { find: async () => anAccount({ status: 'suspended' }) } },
      'suspended',
    ],
    ['account_suspended', { accounts: { find: async () => undefined } }, 'suspended'],
    ['domain_not_verified', { domains: { find: async () => undefined } }, 'example.com'],
    [
      'domain_not_verified',
      { domains: { find: async () => aDomain({ status: 'failed' }) } },
      'example.com',
    ],
    [
      'recipient_suppressed',
      { suppressions: { findSuppressed: async () => ['ada@example.org'] } },
      'ada@example.org',
    ],
    ['content_missing', { contents: { find: async () => undefined } }, 'content'],
  ])('fails whole with %s when that is so by now', async (code, change, named) => {
    const { deps, emails, reports } = delivery([anEmail()]);
    const verdict = await deliverEmail(aMessage(), RUN, { ...deps, ...change });
    expect(verdict).toEqual({ kind: 'done', note: code });
    expect(emails.writes).toEqual(['fail']);
    expect(reports).toEqual([gaveUp(0)]);
    const failure = emails.get(anEmail())?.failure;
    expect(failure).toMatchObject({ code, at: new Date(NOW).toISOString() });
    expect(failure?.message).toContain(named);
  });

  it('is checked against what is suppressed by now', async () => {
    const { deps } = delivery([anEmail()], accepted);
    const asked: unknown[][] = [];
    const findSuppressed: EmailDeliveryDeps['suppressions']['findSuppressed'] = async (...all) => {
      asked.push(all);
      return [];
    };
    await deliverEmail(aMessage(), RUN, { ...deps, suppressions: { findSuppressed } });
    expect(asked).toEqual([[anEmail().account, ['ada@example.org'], NOW]]);
  });

  it('that changed before it could fail is looked at again', async () => {
    const { deps, emails, reports } = delivery([anEmail({ sendBy: NOW })]);
    const store = emailsWith({ ...emails.store, fail: async () => false });
    const verdict = await deliverEmail(aMessage(), RUN, { ...deps, emails: store });
    expect(verdict).toEqual({ kind: 'retry', after: 1000, note: 'changed meanwhile' });
    expect(reports).toEqual([]);
  });

  it('that another delivery claimed first is not sent', async () => {
    const { deps, emails, calls } = delivery([anEmail()]);
    const store = emailsWith({ ...emails.store, claim: async () => false });
    const verdict = await deliverEmail(aMessage(), RUN, { ...deps, emails: store });
    expect(verdict).toEqual({ kind: 'retry', after: 1000, note: 'changed meanwhile' });
    expect(calls).toEqual([]);
  });
});

describe('before a claim', () => {
  const refused = { code: 'SendingPausedException', message: 'Paused.', at: NOW };

  it('a closed gate hides the message and touches no record', async () => {
    const { deps } = delivery([]);
    const untouched = { ...deps, emails: only<EmailDeliveryDeps['emails']>('emails', {}) };
    const verdict = await deliverEmail(aMessage(), { ...RUN, gate: { refused } }, untouched);
    const note = 'gate closed: SendingPausedException';
    expect(verdict).toEqual({ kind: 'retry', after: 600_000, note });
  });

  it('a clock that is too far ahead hides the message until its turn', async () => {
    const { deps, emails } = delivery([anEmail()]);
    const clock = { reserve: async () => ({ tryAt: NOW + 40_000 }) };
    const verdict = await deliverEmail(aMessage(), RUN, { ...deps, clock });
    expect(verdict).toEqual({ kind: 'retry', after: 40_000, note: 'waiting for its turn' });
    expect(emails.writes).toEqual([]);
  });

  it('a near turn is waited for, the claim a little ahead of it', async () => {
    const { deps, sleeps } = delivery([anEmail()], accepted);
    const clock = { reserve: async () => ({ startAt: NOW + 3000 }) };
    await deliverEmail(aMessage(), RUN, { ...deps, clock });
    expect(sleeps).toEqual([2900, 100]);
  });

  it('too little time left leaves the record as it is', async () => {
    const { deps, emails, calls } = delivery([anEmail()]);
    const left = () => TIMES.sesTimeout + TIMES.claimMargin - 1;
    const verdict = await deliverEmail(aMessage(), { ...RUN, left }, deps);
    expect(verdict).toEqual({ kind: 'retry', after: 1000, note: 'too little time left' });
    expect(emails.writes).toEqual([]);
    expect(calls).toEqual([]);
  });

  it('the mail of a test key skips the gate and the clock', async () => {
    const email = anEmail({ environment: 'test' });
    const { deps, reserved, emails } = delivery([email], accepted);
    const live = only<EmailDeliveryDeps['senders']['live']>('live', {});
    const run = { ...RUN, gate: { refused } };
    const verdict = await deliverEmail(aMessage({ environment: 'test' }), run, {
      ...deps,
      senders: { ...deps.senders, live },
    });
    expect(verdict).toEqual({ kind: 'done', note: 'sent' });
    expect(reserved).toEqual([]);
    expect(emails.writes).toEqual(['claim', 'markTaken']);
  });
});
