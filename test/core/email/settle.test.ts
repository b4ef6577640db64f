import { describe, expect, it } from '@jest/globals';
import { deliverEmail } from '../../../lambdas/core/email/deliver.ts';
import type { Email } from '../../../lambdas/core/email/email.ts';
import type { SendOutcome } from '../../../lambdas/core/email/mail-sender.ts';
import type { SendingAccount } from '../../../lambdas/core/sending/gate.ts';
import { delivery, RUN, TIMES } from './fake-delivery.ts';
import { aMessage, anEmail, NOW, only } from './fakes.ts';

const reason = { code: 'Some', message: 'SES said no.' };
const rejected = { code: 'MessageRejected', message: 'Email address is not verified.' };
const deferred = (scope: 'email' | 'rate' | 'account'): SendOutcome => ({
  kind: 'deferred',
  scope,
  reason,
});
const TAGS = { 'ml-email': [anEmail().id], 'ml-attempt': ['1'] };
const at = new Date(NOW).toISOString();
const sandbox: SendingAccount = {
  maxSendRate: 1,
  max24HourSend: 200,
  sentLast24Hours: 0,
  sandbox: true,
  sendingEnabled: true,
  enforcement: 'HEALTHY',
  checkedAt: NOW,
};

function run(outcomes: SendOutcome[], { email = anEmail(), with: changes = {} } = {}) {
  const world = delivery([email], ...outcomes);
  return { ...world, verdict: deliverEmail(aMessage(), { ...RUN, ...changes }, world.deps) };
}
const recordOf = ({ emails }: { emails: { get(email: Email): Email | undefined } }) =>
  emails.get(anEmail());

describe('an answer of SES', () => {
  it('that refuses permanently fails the email with its reason', async () => {
    const world = run([{ kind: 'refused', reason: rejected }]);
    expect(await world.verdict).toEqual({ kind: 'done', note: 'MessageRejected' });
    expect(world.emails.writes).toEqual(['claim', 'fail']);
    expect(recordOf(world)).toMatchObject({ phase: 'failed', failure: { ...rejected, at } });
    expect(world.reports).toMatchObject([{ eventType: 'Gave Up', mail: { tags: TAGS } }]);
  });

  it('that refuses a mail which an event has shown to be sent fails and reports nothing', async () => {
    const { deps, emails, reports } = delivery([anEmail()], { kind: 'refused', reason: rejected });
    const store = { ...emails.store, fail: async () => false };
    const world = { ...deps, emails: only<typeof deps.emails>('emails', store) };
    expect(await deliverEmail(aMessage(), RUN, world)).toEqual({
      kind: 'done',
      note: 'MessageRejected',
    });
    expect(emails.writes).toEqual(['claim']);
    expect(reports).toEqual([]);
  });

  it('that rejects in the sandbox is explained', async () => {
    const gate = { account: sandbox };
    const world = run([{ kind: 'refused', reason: rejected }], { with: { gate } });
    expect(await world.verdict).toEqual({ kind: 'done', note: 'sandbox' });
    const message = recordOf(world)?.failure?.message;
    expect(message).toContain(rejected.message);
    expect(message).toContain('production access');
  });

  it('in the sandbox that is no rejection keeps its own reason', async () => {
    const bad = { code: 'BadRequestException', message: 'Bad.' };
    const gate = { account: sandbox };
    const world = run([{ kind: 'refused', reason: bad }], { with: { gate } });
    expect(await world.verdict).toEqual({ kind: 'done', note: 'BadRequestException' });
  });

  it.each([
    [0, 5000],
    [1, 10_000],
    [5, 160_000],
    [6, 300_000],
    [60, 300_000],
  ])('that defers gives the mail back, after %i tries for %i ms and jitter', async (n, pause) => {
    const world = run([deferred('email')], { email: anEmail({ attempt: n }) });
    expect(await world.verdict).toEqual({ kind: 'retry', after: pause * 1.1, note: 'Some' });
    expect(world.emails.writes).toEqual(['claim', 'release']);
    const email = recordOf(world);
    expect(email).toMatchObject({ phase: 'queued', deferred: { ...reason, at }, unanswered: 0 });
    expect(email).not.toHaveProperty('leaseUntil');
  });

  it('that throttles is followed by one more try half a turn later', async () => {
    const world = run([deferred('rate'), { kind: 'accepted' }]);
    expect(await world.verdict).toEqual({ kind: 'done', note: 'sent' });
    expect(world.calls).toEqual([1, 1]);
    expect(world.sleeps).toEqual([532]);
  });

  it('that throttles twice gives the mail back', async () => {
    const world = run([deferred('rate'), deferred('rate')]);
    expect(await world.verdict).toMatchObject({ kind: 'retry', after: 5500 });
    expect(world.closed).toEqual([]);
  });

  it('that throttles releases the email if too little time remains for another call', async () => {
    const enough = TIMES.sesTimeout + TIMES.claimMargin;
    const times = [enough, enough - 1];
    const world = run([deferred('rate')], { with: { left: () => times.shift() ?? 0 } });
    expect(await world.verdict).toMatchObject({ kind: 'retry', after: 5500 });
    expect(world.calls).toEqual([1]);
  });

  it('about the whole account closes the gate and gives the mail back for longer', async () => {
    const world = run([deferred('account')]);
    expect(await world.verdict).toEqual({ kind: 'retry', after: 600_000, note: 'Some' });
    expect(world.closed).toEqual([{ ...reason, at: NOW }]);
    expect(world.emails.writes).toEqual(['claim', 'release']);
  });

  it('that never came leaves the claim until its lease ends', async () => {
    const world = run([{ kind: 'unknown', reason }]);
    const note = 'outcome unknown: Some';
    expect(await world.verdict).toEqual({ kind: 'retry', after: TIMES.lease, note });
    expect(world.emails.writes).toEqual(['claim']);
    expect(recordOf(world)).toMatchObject({ phase: 'sending', leaseUntil: NOW + TIMES.lease });
  });
});
