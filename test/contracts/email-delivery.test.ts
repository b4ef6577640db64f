import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Email } from '../../lambdas/core/email/email.ts';
import type { Claim } from '../../lambdas/core/email/email-store.ts';
import { anEmail, emailStore, rivalOf } from './emails.ts';
import { atOnce, startTable, type TestTable } from './table-fixture.ts';

let fixture: TestTable;
let store: ReturnType<typeof emailStore>;
beforeAll(async () => {
  fixture = await startTable();
  store = emailStore(fixture.table);
});
afterAll(() => fixture.stop());

const NOW = Date.parse('2026-11-23T12:00:05.000Z');
const LEASE = 600_000;
const AT = '2026-11-23T12:00:06.000Z';
const LATER = '2026-11-23T12:00:07.000Z';
const REASON = { code: 'TooManyRequestsException', message: 'Slow down.' };

const claimBy = (owner: string, attempt = 1): Claim => ({
  owner,
  leaseUntil: NOW + LEASE,
  attempt,
  unanswered: attempt - 1,
});

async function stored(): Promise<Email> {
  const email = anEmail();
  await store.put(email);
  return email;
}

async function read({ account, id }: Email): Promise<Email> {
  const found = await store.find(account, id);
  if (!found) throw new Error('The record is gone.');
  return found;
}

async function claimed(owner = 'one'): Promise<Email> {
  const email = await stored();
  await store.claim(email, claimBy(owner), NOW);
  return read(email);
}

describe('claiming', () => {
  it('takes a queued email and writes who, until when and which attempt', async () => {
    const email = await stored();
    expect(await store.claim(email, claimBy('one'), NOW)).toBe(true);
    expect(await read(email)).toEqual({ ...email, phase: 'sending', ...claimBy('one') });
  });

  it('recognises its own claim when the write comes twice', async () => {
    const email = await stored();
    await store.claim(email, claimBy('one'), NOW);
    expect(await store.claim(email, claimBy('one'), NOW)).toBe(true);
    expect((await read(email)).attempt).toBe(1);
  });

  it('is refused while a lease lives, to its last millisecond but one', async () => {
    const email = await claimed();
    expect(await store.claim(email, claimBy('two', 2), NOW)).toBe(false);
    expect(await store.claim(email, claimBy('two', 2), NOW + LEASE - 1)).toBe(false);
    expect((await read(email)).owner).toBe('one');
  });

  it('takes an email over whose lease has ended', async () => {
    const email = await claimed();
    const claim = { ...claimBy('two', 2), leaseUntil: NOW + 2 * LEASE };
    expect(await store.claim(email, claim, NOW + LEASE)).toBe(true);
    expect(await read(email)).toEqual({ ...email, ...claim });
  });

  it('is refused when the record has moved on since it was read', async () => {
    const email = await stored();
    await store.claim(email, claimBy('one'), NOW);
    await store.release(await read(email), 'one', REASON, AT);
    expect(await store.claim(email, claimBy('two'), NOW)).toBe(false);
    expect((await read(email)).phase).toBe('queued');
  });

  it('is refused once SES took the mail, by its answer or by an event', async () => {
    const answered = await stored();
    await store.markTaken(answered, AT);
    expect(await store.claim(answered, claimBy('one'), NOW)).toBe(false);
    const reported = await claimed();
    await store.addFacts(reported, [{ type: 'sent', at: AT }]);
    expect(await store.claim(reported, claimBy('two', 2), NOW + LEASE)).toBe(false);
    expect(await store.claim(reported, claimBy('one'), NOW)).toBe(false);
  });

  it('is refused for a failed email, a missing one and another accept’s', async () => {
    const failed = await stored();
    await store.fail(failed, 'one', REASON, AT);
    expect(await store.claim(failed, claimBy('one'), NOW)).toBe(false);
    expect(await store.claim(anEmail(), claimBy('one'), NOW)).toBe(false);
    const email = await stored();
    expect(await store.claim(rivalOf(email), claimBy('one'), NOW)).toBe(false);
  });

  it('has one winner among 20 at once, of a queued email and of an expired lease', async () => {
    const queued = await stored();
    const first = await atOnce(20, (i) => store.claim(queued, claimBy(`owner-${i}`), NOW));
    expect(first.filter(Boolean)).toHaveLength(1);
    expect((await read(queued)).owner).toBe(`owner-${first.indexOf(true)}`);
    const expired = await read(queued);
    const late = NOW + LEASE;
    const second = await atOnce(20, (i) => {
      const claim = { ...claimBy(`heir-${i}`, 2), leaseUntil: late + LEASE };
      return store.claim(expired, claim, late);
    });
    expect(second.filter(Boolean)).toHaveLength(1);
    expect((await read(queued)).owner).toBe(`heir-${second.indexOf(true)}`);
  });
});

describe('marking as taken', () => {
  it('keeps the first moment when it is repeated', async () => {
    const email = await claimed();
    await store.markTaken(email, AT);
    await store.markTaken(email, LATER);
    expect(await read(email)).toMatchObject({ phase: 'sent', taken: true, takenAt: AT });
  });

  it('counts even when the claim was lost meanwhile, and ends the other’s retry', async () => {
    const email = await claimed('one');
    const claim = { ...claimBy('two', 2), leaseUntil: NOW + 2 * LEASE };
    await store.claim(email, claim, NOW + LEASE);
    await store.markTaken(email, AT);
    await store.release(await read(email), 'two', REASON, LATER);
    expect(await read(email)).toMatchObject({ phase: 'sent', taken: true });
  });

  it('makes no record out of nothing, nor marks another accept’s', async () => {
    const nothing = anEmail();
    await store.markTaken(nothing, AT);
    expect(await store.find(nothing.account, nothing.id)).toBeUndefined();
    const email = await stored();
    await store.markTaken(rivalOf(email), AT);
    expect(await read(email)).toEqual(email);
  });
});

describe('releasing', () => {
  it('puts the email back with the reason and without a claim', async () => {
    const email = await claimed();
    await store.release(email, 'one', REASON, AT);
    const { owner, leaseUntil, ...rest } = email;
    const deferred = { ...REASON, at: AT };
    expect(await read(email)).toEqual({ ...rest, phase: 'queued', deferred });
  });

  it('does nothing for anyone but the owner, nor twice', async () => {
    const email = await claimed();
    await store.release(email, 'two', REASON, AT);
    expect(await read(email)).toEqual(email);
    await store.release(email, 'one', REASON, AT);
    await store.release(email, 'one', REASON, LATER);
    expect((await read(email)).deferred?.at).toBe(AT);
  });

  it('lets the email be claimed again at once', async () => {
    const email = await claimed();
    await store.release(email, 'one', REASON, AT);
    expect(await store.claim(await read(email), claimBy('two', 2), NOW)).toBe(true);
  });
});

describe('failing', () => {
  const failure = { ...REASON, at: AT };

  it('ends an email that is as it was read, and may be repeated', async () => {
    const email = await stored();
    expect(await store.fail(email, 'one', REASON, AT)).toBe(true);
    expect(await read(email)).toEqual({ ...email, phase: 'failed', failure });
    expect(await store.fail(email, 'one', REASON, LATER)).toBe(true);
  });

  it('ends an email that the owner has claimed since it was read', async () => {
    const email = await stored();
    await store.claim(email, claimBy('one'), NOW);
    expect(await store.fail(email, 'one', REASON, AT)).toBe(true);
    expect(await read(email)).toMatchObject({ phase: 'failed', failure });
  });

  it('is refused when another has claimed it since it was read', async () => {
    const email = await stored();
    await store.claim(email, claimBy('one'), NOW);
    expect(await store.fail(email, 'two', REASON, AT)).toBe(false);
    expect(await read(email)).toMatchObject({ phase: 'sending', owner: 'one' });
  });

  it('is refused once SES took the mail', async () => {
    const email = await claimed();
    await store.addFacts(email, [{ type: 'sent', at: AT }]);
    expect(await store.fail(await read(email), 'one', REASON, AT)).toBe(false);
    expect((await read(email)).failure).toBeUndefined();
  });

  it('is refused for a missing record and for another accept’s', async () => {
    const missing = anEmail();
    expect(await store.fail(missing, 'one', REASON, AT)).toBe(false);
    expect(await store.find(missing.account, missing.id)).toBeUndefined();
    const email = await stored();
    expect(await store.fail(rivalOf(email), 'one', REASON, AT)).toBe(false);
    expect(await read(email)).toEqual(email);
  });
});
