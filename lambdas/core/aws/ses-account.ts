import {
  GetAccountCommand,
  type GetAccountCommandOutput,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { DeadlineHandler } from '../runtime/deadline.ts';
import type { Pricing, ReviewState, SendingAccount } from '../sending/gate.ts';

/** SES's word for "no limit" in its send quota. */
const UNLIMITED = -1;

function reviewOf({ ProductionAccessEnabled, Details }: GetAccountCommandOutput): ReviewState {
  if (ProductionAccessEnabled !== false) return 'granted';
  const status = Details?.ReviewDetails?.Status;
  if (status === 'PENDING') return 'pending';
  if (status === 'DENIED') return 'denied';
  // An earlier grant that does not hold any more leaves nothing to wait for.
  return status === 'FAILED' ? 'failed' : 'none';
}

function pricingOf({ PricingAttributes }: GetAccountCommandOutput): Pricing | undefined {
  const { CurrentPlan, NextPlan } = PricingAttributes ?? {};
  if (CurrentPlan === undefined) return undefined;
  return { plan: CurrentPlan, ...(NextPlan === undefined ? {} : { next: NextPlan }) };
}

/** Asks SES about the AWS account's sending. */
export function sesAccount(now: () => number): () => Promise<SendingAccount> {
  const requestHandler = new DeadlineHandler({ connectionTimeout: 1000, requestTimeout: 4000 });
  const client = new SESv2Client({ requestHandler, maxAttempts: 2 });
  return async () => {
    const answer = await client.send(new GetAccountCommand({}));
    const {
      MaxSendRate = 1,
      Max24HourSend = UNLIMITED,
      SentLast24Hours = 0,
    } = answer.SendQuota ?? {};
    const pricing = pricingOf(answer);
    return {
      maxSendRate: MaxSendRate,
      max24HourSend: Max24HourSend === UNLIMITED ? null : Max24HourSend,
      sentLast24Hours: SentLast24Hours,
      sandbox: answer.ProductionAccessEnabled === false,
      sendingEnabled: answer.SendingEnabled ?? true,
      enforcement: answer.EnforcementStatus ?? 'HEALTHY',
      review: reviewOf(answer),
      ...(pricing ? { pricing } : {}),
      checkedAt: now(),
    };
  };
}
