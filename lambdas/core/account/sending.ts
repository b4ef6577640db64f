import { closedBecause, type Gate, type ReviewState, rateOf } from '../sending/gate.ts';
import { pricingView } from './pricing.ts';

/** How sending stands for the whole installation, as SES last said. */
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

const WAITS = 'An email waits for 24 hours at most and fails after that.';

const REVIEWS: Readonly<Record<ReviewState, string>> = {
  none: 'To send to everyone, the operator asks AWS for production access, in the settings of the dashboard.',
  pending:
    'AWS has the request for production access and is looking at it, mostly for about a day; its answer goes to the owner of the AWS account.',
  denied:
    'AWS has denied production access. The operator finds the reasons in the AWS Support Center, answers there, and asks again.',
  failed:
    'The request for production access did not reach AWS. The operator sends it again, in the settings of the dashboard.',
  granted: '',
};

function reviewWords(review: ReviewState = 'none'): string {
  return REVIEWS[review];
}

function quotaMessage({ account }: Gate): string {
  const used = `The AWS account's limit of ${account?.max24HourSend} recipients in 24 hours is used up. Mail waits and goes out as the limit frees up. ${WAITS}`;
  return account?.sandbox
    ? `${used} The limit is higher outside of SES's sandbox. ${reviewWords(account.review)}`
    : `${used} If this happens often, ask AWS for a higher limit, in the console "Service Quotas" under Amazon SES.`;
}

function okMessage({ account }: Gate): string {
  return account?.enforcement === 'PROBATION'
    ? 'Mail goes out, but AWS has this AWS account under review, because too many emails bounced or were marked as spam. Send only to people who expect it, and follow what AWS wrote to the owner of the AWS account, before AWS stops it.'
    : 'Mail goes out. Nothing needs to be done.';
}

const MESSAGES: Readonly<Record<SendingState, (gate: Gate) => string>> = {
  ok: okMessage,
  sandbox: ({ account }) =>
    `Amazon SES is in its sandbox: mail goes to verified addresses only. To try it out, the operator verifies the address of whoever gets the mail, in the settings of the dashboard. ${reviewWords(account?.review)} Test keys are not concerned.`,
  paused: () =>
    `Sending is paused in Amazon SES for this whole service, and mail waits. ${WAITS} Its operator finds the reason in the SES console under "Account dashboard" and resumes sending there.`,
  shut_down: () =>
    `AWS has shut down sending for the AWS account of this service, and mail waits. ${WAITS} Its operator has to answer the case that AWS opened, in the AWS Support Center.`,
  daily_quota_used: quotaMessage,
  unknown: () =>
    'Amazon SES has not yet said how sending stands. It is asked every few minutes: look again then. Until it has answered, mail goes out at one recipient a second.',
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
