import type { Reason } from '../value/reason.ts';

/** The state of AWS's review of the request for production access; `none` before there was one. */
export const REVIEW_STATES = ['none', 'pending', 'denied', 'failed', 'granted'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** SES's pricing plans: `NONE` is the price for each feature that is used. */
export type Pricing = {
  readonly plan: string;
  /** What follows at the start of the next month, where a change was asked for. */
  readonly next?: string;
};

/** What SES last said of the AWS account's sending (`GetAccount`). */
export type SendingAccount = {
  /** Recipients a second. */
  readonly maxSendRate: number;
  /** Recipients in 24 hours; null is unlimited. */
  readonly max24HourSend: number | null;
  readonly sentLast24Hours: number;
  /** In SES's sandbox mail goes to verified addresses only. */
  readonly sandbox: boolean;
  readonly sendingEnabled: boolean;
  /** SES's word: HEALTHY, PROBATION or SHUTDOWN. */
  readonly enforcement: string;
  /** Absent until SES was asked for it. */
  readonly review?: ReviewState;
  /** Absent where SES does not say. */
  readonly pricing?: Pricing;
  /** Epoch milliseconds. */
  readonly checkedAt: number;
};

/** The account's state, with what the deliverer itself met since. */
export type Gate = {
  readonly account?: SendingAccount;
  /** SES refused a send for the whole account at this time (epoch milliseconds), for this reason. */
  readonly refused?: Reason & { readonly at: number };
};

/** The state of the gate; one item for the whole service. */
export type GateStore = {
  /** A forecast: SES itself decides. */
  read(): Promise<Gate>;
  /** Keeps SES's answer and forgets an earlier refusal. */
  refresh(account: SendingAccount): Promise<void>;
  /** Closes the gate until the next refresh. */
  close(refused: Reason & { at: number }): Promise<void>;
};

/** Until SES has answered, its sandbox's rate. */
const FIRST_RATE = 1;

/** Recipients a second that may go. */
export function rateOf(gate: Gate): number {
  const rate = gate.account?.maxSendRate ?? FIRST_RATE;
  return rate > 0 ? rate : FIRST_RATE;
}

/** Why nothing may go now, or undefined. */
export function closedBecause(gate: Gate): Reason | undefined {
  const { account, refused } = gate;
  if (refused) return { code: refused.code, message: refused.message };
  if (!account) return undefined;
  if (account.enforcement === 'SHUTDOWN') {
    const message =
      'AWS has shut down sending for this AWS account. Emails wait until AWS allows it again.';
    return { code: 'sending_shut_down', message };
  }
  if (!account.sendingEnabled) {
    const message = 'Sending is paused in Amazon SES. Emails wait until it resumes.';
    return { code: 'sending_paused', message };
  }
  if (account.max24HourSend !== null && account.sentLast24Hours >= account.max24HourSend) {
    const message = `The AWS account's limit of ${account.max24HourSend} emails in 24 hours is used up. Emails wait until it frees up.`;
    return { code: 'daily_quota_used', message };
  }
  return undefined;
}
