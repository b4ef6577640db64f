import { documents } from './documents.ts';
import { badRequest } from './errors.ts';
import type { Store } from './store.ts';

/** What AWS sets for an account, and what tests set here. */
export type AccountSettings = {
  /** Recipients per second. */
  readonly maxSendRate: number;
  /** Recipients in 24 hours. */
  readonly max24HourSend: number;
  readonly sandbox: boolean;
  readonly sendingEnabled: boolean;
  readonly enforcementStatus: 'HEALTHY' | 'PROBATION' | 'SHUTDOWN';
  /** The review of the request for production access; null before there was one. */
  readonly review: 'PENDING' | 'FAILED' | 'GRANTED' | 'DENIED' | null;
  readonly pricingPlan: 'NONE' | 'ESSENTIALS' | 'PRO' | 'ENTERPRISE';
  /** The plan of the next month; null where no change was asked for. */
  readonly nextPricingPlan: AccountSettings['pricingPlan'] | null;
};

export type AccountState = {
  settings(): AccountSettings;
  /** @throws SesError (`BadRequestException`) that names what is wrong */
  change(changes: Readonly<Record<string, unknown>>): AccountSettings;
};

/** Out of the sandbox, with the rate and quota that AWS gives most accounts that leave it. */
const DEFAULTS: AccountSettings = {
  maxSendRate: 14,
  max24HourSend: 50_000,
  sandbox: false,
  sendingEnabled: true,
  enforcementStatus: 'HEALTHY',
  review: null,
  pricingPlan: 'NONE',
  nextPricingPlan: null,
};

const isPositive = (value: unknown) => typeof value === 'number' && value > 0;
const isBoolean = (value: unknown) => typeof value === 'boolean';
const STATUSES: readonly unknown[] = ['HEALTHY', 'PROBATION', 'SHUTDOWN'];
const REVIEWS: readonly unknown[] = ['PENDING', 'FAILED', 'GRANTED', 'DENIED', null];
const PLANS: readonly unknown[] = ['NONE', 'ESSENTIALS', 'PRO', 'ENTERPRISE'];

const CHECKS: Readonly<
  Record<keyof AccountSettings, { test(value: unknown): boolean; is: string }>
> = {
  maxSendRate: { test: isPositive, is: 'a number above 0' },
  max24HourSend: {
    test: (value) => value === -1 || isPositive(value) || value === 0,
    is: 'a number from 0, or -1 for no limit',
  },
  sandbox: { test: isBoolean, is: 'true or false' },
  sendingEnabled: { test: isBoolean, is: 'true or false' },
  enforcementStatus: {
    test: (value) => STATUSES.includes(value),
    is: 'HEALTHY, PROBATION or SHUTDOWN',
  },
  review: {
    test: (value) => REVIEWS.includes(value),
    is: 'PENDING, FAILED, GRANTED, DENIED or null',
  },
  pricingPlan: {
    test: (value) => PLANS.includes(value),
    is: 'NONE, ESSENTIALS, PRO or ENTERPRISE',
  },
  nextPricingPlan: {
    test: (value) => value === null || PLANS.includes(value),
    is: 'NONE, ESSENTIALS, PRO, ENTERPRISE or null',
  },
};

export function createAccount(db: Store): AccountState {
  const stored = documents<AccountSettings>(db, 'settings');
  let current: AccountSettings = { ...DEFAULTS, ...stored.get('account') };
  return {
    settings: () => current,
    change(changes) {
      for (const [name, value] of Object.entries(changes)) {
        const check = CHECKS[name as keyof AccountSettings];
        if (!check) throw badRequest(`'${name}' is no setting of the account.`);
        if (!check.test(value)) throw badRequest(`'${name}' must be ${check.is}.`);
      }
      current = { ...current, ...changes };
      stored.put('account', current);
      return current;
    },
  };
}

/** `GetAccount`'s answer. */
export function describeAccount(settings: AccountSettings, sentLast24Hours: number) {
  return {
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: settings.enforcementStatus,
    ...(settings.review ? { Details: { ReviewDetails: { Status: settings.review } } } : {}),
    PricingAttributes: {
      CurrentPlan: settings.pricingPlan,
      ...(settings.nextPricingPlan ? { NextPlan: settings.nextPricingPlan } : {}),
    },
    ProductionAccessEnabled: !settings.sandbox,
    SendQuota: {
      Max24HourSend: settings.max24HourSend,
      MaxSendRate: settings.maxSendRate,
      SentLast24Hours: sentLast24Hours,
    },
    SendingEnabled: settings.sendingEnabled && settings.enforcementStatus !== 'SHUTDOWN',
    SuppressionAttributes: { SuppressedReasons: [] },
    VdmAttributes: { VdmEnabled: 'DISABLED' },
  };
}
