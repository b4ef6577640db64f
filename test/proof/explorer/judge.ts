import { possibleDuplicate } from '../../../lambdas/core/email/email.ts';
import { statusOf } from '../../../lambdas/core/email/status.ts';
import { toEmail } from '../../../lambdas/core/table/email-item.ts';
import type { MailSummary } from '../../../local/ses/mail.ts';
import { type Answer, BODIES, type Body } from './callers.ts';
import type { Arrival } from './customer.ts';
import type { Item } from './engines.ts';

/** Everything that a run has left behind. */
export type Remains = {
  readonly items: readonly Item[];
  /** What SES has taken. */
  readonly mails: readonly MailSummary[];
  readonly answers: readonly Answer[];
  readonly arrivals: readonly Arrival[];
  /** Answers of SES that nobody could know. */
  readonly unknown: number;
  /** Why the run did not come to rest; undefined when it did. */
  readonly unrest: string | undefined;
  /** Messages that lie in any queue. */
  readonly parked: number;
};

/** What held and what did not. */
export type Verdict = {
  readonly accepted: boolean;
  /** Further copies of a mail beyond the first. */
  readonly copies: number;
  /** What did not hold, in words; none where all did. */
  readonly violations: readonly string[];
};

const isAccepted = ({ status }: Answer) => status === 202;

function answersProblems(answers: readonly Answer[]): string[] {
  const accepted = answers.filter(isAccepted);
  const texts = new Set(accepted.map(({ text }) => text));
  const bodies = new Set(accepted.map(({ body }) => body));
  const odd = answers.filter(({ status }) => ![202, 409, 500, 503].includes(status));
  return [
    ...(texts.size > 1 ? ['one key was answered with different 202s'] : []),
    ...(bodies.size > 1 ? ['two bodies under one key got a 202'] : []),
    ...(accepted.length === 0 ? ['nobody ever got a 202'] : []),
    ...odd.map(({ status, text }) => `an answer was ${status} ${text}`),
  ];
}

function mailProblems(mails: readonly MailSummary[], body: Body): string[] {
  const { to, subject } = BODIES[body];
  const strange = mails.filter((mail) => mail.subject !== subject || mail.recipients.join() !== to);
  return strange.map(
    (mail) => `"${mail.subject}" went to ${mail.recipients}: not what got the 202`,
  );
}

function emailProblems(item: Item, copies: number): string[] {
  const email = toEmail(item);
  if (!email) return [];
  const status = statusOf(email);
  return [
    ...(status === 'bounced' ? [] : [`the email ended as ${status}`]),
    ...(copies > 1 && !possibleDuplicate(email) ? ['a second copy is not flagged'] : []),
  ];
}

function webhookProblems(arrivals: readonly Arrival[], items: readonly Item[]): string[] {
  const ids = new Set(arrivals.map(({ id }) => id));
  const deliveries = items.filter(({ sk }) => String(sk).startsWith('delivery#'));
  const wrong = arrivals.filter(({ signed, body }) => !signed || !body.includes('email.bounced'));
  return [
    ...(arrivals.some(({ status }) => status < 300) ? [] : ['the webhook was never delivered']),
    ...(ids.size > 1 ? [`one event came under ${ids.size} webhook ids`] : []),
    ...(wrong.length > 0 ? ['a webhook was not signed, or was of another event'] : []),
    ...deliveries
      .filter(({ status }) => status !== 'succeeded')
      .map(({ status }) => `a delivery ended as ${status}`),
  ];
}

function usageProblems(items: readonly Item[]): string[] {
  const used = items
    .filter(({ sk }) => String(sk).startsWith('usage#'))
    .reduce((sum, item) => sum + Number(item.used), 0);
  return used >= 1 ? [] : ['the email is free: the quota has no unit of it'];
}

/** Holds what a run has left behind against what is promised. */
export function judge(remains: Remains): Verdict {
  const { items, mails, answers, arrivals, unknown, unrest, parked } = remains;
  const emails = items.filter(({ sk, nonce }) => sk === 'email' && nonce);
  const winner = answers.find(isAccepted)?.body;
  const to = winner && BODIES[winner].to;
  const suppressed = items.some(({ sk }) => sk === `suppression#${to}`);
  const copies = Math.max(0, mails.length - 1);
  const violations = [
    ...(unrest ? [`stuck: ${unrest}`] : []),
    ...(parked > 0 ? [`${parked} messages lie in queues`] : []),
    ...answersProblems(answers),
    ...(emails.length === 1 ? [] : [`there are ${emails.length} records`]),
    ...(mails.length === 0 ? ['the mail was lost'] : []),
    ...(copies > unknown ? [`${copies} further copies for ${unknown} unknown answers`] : []),
    ...(winner ? mailProblems(mails, winner) : []),
    ...emails.flatMap((item) => emailProblems(item, mails.length)),
    ...(suppressed ? [] : ['the bounced address is not suppressed']),
    ...webhookProblems(arrivals, items),
    ...usageProblems(items),
  ];
  return { accepted: winner !== undefined, copies, violations };
}
