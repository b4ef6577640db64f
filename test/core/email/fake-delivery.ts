import type { AccountStore } from '../../../lambdas/core/account/account.ts';
import { times } from '../../../lambdas/core/contract/times.ts';
import type { EmailDeliveryDeps, EmailRun } from '../../../lambdas/core/email/delivery.ts';
import type { Email } from '../../../lambdas/core/email/email.ts';
import type { MailSender, SendOutcome } from '../../../lambdas/core/email/mail-sender.ts';
import type { Reason } from '../../../lambdas/core/value/reason.ts';
import { memoryEmails } from './fake-emails.ts';
import { aDomain, anAccount, NOW, only } from './fakes.ts';

export const TIMES = times(1);
/** Nothing known of SES: open, one recipient a second. */
export const RUN: EmailRun = { gate: {}, left: () => TIMES.deliverTimeout };

type Reserve = EmailDeliveryDeps['clock']['reserve'];

/** A deliverer's world around some records, and what SES answers, call by call; time passes in sleeps. */
export function delivery(seed: readonly Email[], ...outcomes: SendOutcome[]) {
  const emails = memoryEmails(...seed);
  const calls: number[] = [];
  const sleeps: number[] = [];
  const reserved: Parameters<Reserve>[0][] = [];
  const reports: object[] = [];
  const closed: (Reason & { at: number })[] = [];
  let now = NOW;
  const sender = only<MailSender>('sender', {
    async send(_email, _content, attempt) {
      calls.push(attempt);
      const outcome = outcomes.shift();
      if (!outcome) throw new Error('This call of SES was not foreseen.');
      return outcome;
    },
  });
  const deps: EmailDeliveryDeps = {
    emails: emails.store,
    contents: { find: async () => ({ text: 'Hello' }) },
    accounts: only<AccountStore>('accounts', { find: async () => anAccount() }),
    domains: { find: async () => aDomain() },
    suppressions: { findSuppressed: async () => [] },
    gate: { close: async (refused) => void closed.push(refused) },
    clock: {
      async reserve(request) {
        reserved.push(request);
        return { startAt: request.now };
      },
    },
    report: async (event) => void reports.push(event),
    senders: { live: sender, test: sender },
    times: TIMES,
    now: () => now,
    random: () => 0.5,
    async sleep(milliseconds) {
      sleeps.push(milliseconds);
      now += milliseconds;
    },
  };
  return { deps, emails, calls, sleeps, reserved, closed, reports };
}
