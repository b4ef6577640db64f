import { closedBecause, type Gate, type ReviewState, rateOf } from './gate.ts';
import { pricingView } from './pricing.ts';

/** The state of sending for the whole service, as SES last reported. */
export const SENDING_STATES = [
  'ok',
  'sandbox',
  'paused',
  'shut_down',
  'daily_quota_used',
  'unknown',
] as const;

export type SendingState = (typeof SENDING_STATES)[number];

/** Reasons for which nothing goes: the gate's own words, and SES's for the whole AWS account. */
const CLOSED: Readonly<Record<string, SendingState>> = {
  sending_shut_down: 'shut_down',
  AccountSuspendedException: 'shut_down',
  sending_paused: 'paused',
  SendingPausedException: 'paused',
  daily_quota_used: 'daily_quota_used',
};

/** The state of a gate; a reason that is new to us keeps mail back like a pause. */
export function sendingState(gate: Gate): SendingState {
  const closed = closedBecause(gate);
  if (closed) return CLOSED[closed.code] ?? 'paused';
  if (!gate.account) return 'unknown';
  return gate.account.sandbox ? 'sandbox' : 'ok';
}

const WAITS = 'An email waits for at most 24 hours, then it fails.';

const REVIEWS: Readonly<Record<ReviewState, string>> = {
  none: 'To send to everyone, the operator requests production access from AWS, under "Settings" in the dashboard.',
  pending:
    'AWS is reviewing the request for production access, which usually takes about a day; it answers the owner of the AWS account.',
  denied:
    'AWS denied production access. The operator reads the reasons in the AWS Support Center, answers there, then requests it again.',
  failed:
    'The request for production access did not reach AWS. The operator sends it again, under "Settings" in the dashboard.',
  granted: '',
};

function reviewWords(review: ReviewState = 'none'): string {
  return REVIEWS[review];
}

function quotaMessage({ account }: Gate): string {
  const used = `The AWS account's limit of ${account?.max24HourSend} recipients in 24 hours is used up. Emails wait until the limit frees up. ${WAITS}`;
  return account?.sandbox
    ? `${used} Outside SES's sandbox the limit is higher. ${reviewWords(account.review)}`
    : `${used} If this happens often, request a higher limit in the AWS console, "Service Quotas", "Amazon SES".`;
}

function okMessage({ account }: Gate): string {
  return account?.enforcement === 'PROBATION'
    ? 'Sending works, but AWS has put this AWS account under review, because too many emails bounced or were marked as spam. Send only to people who expect your emails, and do what AWS wrote to the owner of the AWS account, or AWS may stop sending.'
    : 'Sending works. You need to do nothing.';
}

const MESSAGES: Readonly<Record<SendingState, (gate: Gate) => string>> = {
  ok: okMessage,
  sandbox: ({ account }) =>
    `Amazon SES is in its sandbox and sends to verified addresses only. To try it, the operator verifies the recipient's address, under "Settings" in the dashboard. ${reviewWords(account?.review)} Test keys are not affected.`,
  paused: () =>
    `Sending is paused in Amazon SES for this whole service, and emails wait. ${WAITS} The operator finds the reason in the SES console, "Account dashboard", and resumes sending there.`,
  shut_down: () =>
    `AWS has shut down sending for the AWS account of this service, and emails wait. ${WAITS} The operator answers the case that AWS opened in the AWS Support Center.`,
  daily_quota_used: quotaMessage,
  unknown: () =>
    'Amazon SES has not reported the state of sending yet. Maillayer asks every few minutes: look again then. Until SES answers, emails go out to one recipient a second.',
};

/** What has to be done next, for people. */
export function sendingMessage(gate: Gate): string {
  return MESSAGES[sendingState(gate)](gate);
}

/**
 * Sending as an account sees it. Before SES's first answer `checkedAt` is null and the figures are guesses.
 *
 * @param operator whether what AWS charges is the reader's business
 */
export function sendingView(gate: Gate, operator = false) {
  const { account } = gate;
  return {
    state: sendingState(gate),
    message: sendingMessage(gate),
    sandbox: account?.sandbox ?? false,
    productionAccess: account?.review ?? (account?.sandbox === false ? 'granted' : 'none'),
    pricing: operator ? pricingView(account?.pricing) : null,
    maxSendRate: rateOf(gate),
    dailyQuota: account?.max24HourSend ?? null,
    sentLast24Hours: account?.sentLast24Hours ?? 0,
    checkedAt: account ? new Date(account.checkedAt).toISOString() : null,
  };
}
