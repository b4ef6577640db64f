import * as v from 'valibot';
import type { Account } from '../account/account.ts';
import { type MonthlyUsage, monthlyLimit } from '../account/usage.ts';
import type { Plan } from '../contract/plans.ts';
import type { Domain } from '../domain/domain.ts';
import { NOTICE_KINDS } from '../notice/notice.ts';
import { type Gate, REVIEW_STATES } from '../sending/gate.ts';
import { SENDING_STATES, sendingView } from '../sending/state.ts';
import { hexId } from '../value/id.ts';
import { instant } from '../value/time.ts';
import type { Endpoint } from '../webhook/endpoint.ts';
import { bannersOf } from './banners.ts';

const count = v.pipe(v.number(), v.integer());
const limit = v.nullable(count);
const emails = v.strictObject({ emails: count, limit });

/** An account as its owner sees it; a limit of null is none. */
export const accountSchema = v.pipe(
  v.strictObject({
    id: hexId,
    name: v.string(),
    status: v.picklist(['active', 'suspended']),
    createdAt: instant,
    plan: v.strictObject({
      name: v.string(),
      emailsPerMonth: limit,
      domains: limit,
      requestsPerSecond: count,
    }),
    usage: v.array(
      v.strictObject({
        month: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}$/)),
        live: emails,
        test: emails,
      }),
    ),
    domains: v.strictObject({ used: count, limit }),
    sending: v.strictObject({
      state: v.picklist(SENDING_STATES),
      message: v.string(),
      sandbox: v.boolean(),
      productionAccess: v.picklist(REVIEW_STATES),
      /** Null for whoever does not run the service. */
      pricing: v.nullable(
        v.strictObject({
          plan: v.nullable(v.string()),
          next: v.nullable(v.string()),
          warning: v.nullable(v.string()),
        }),
      ),
      maxSendRate: v.number(),
      dailyQuota: v.nullable(v.number()),
      sentLast24Hours: v.number(),
      checkedAt: v.nullable(instant),
    }),
    operator: v.boolean(),
    owner: v.nullable(v.strictObject({ email: v.nullable(v.string()) })),
    notices: v.array(
      v.strictObject({
        kind: v.picklist(NOTICE_KINDS),
        about: v.nullable(v.string()),
        message: v.string(),
        since: v.nullable(instant),
      }),
    ),
  }),
  v.title('Account'),
);

/** What is looked up for one account. */
export type AccountState = {
  readonly account: Account;
  readonly plan: Plan;
  /** Months, `2026-11`, in the order to show them. */
  readonly months: readonly string[];
  /** Emails of each of {@link usagesOf}, in its order. */
  readonly used: readonly number[];
  /** Domains that the account has claimed. */
  readonly domains: readonly Domain[];
  readonly endpoints: readonly Endpoint[];
  readonly gate: Gate;
  /** Whether the reader runs the service. */
  readonly operator: boolean;
};

/** The counters that an account's view needs: live and test of each month. */
export function usagesOf(account: string, months: readonly string[]): MonthlyUsage[] {
  return months.flatMap((month) => [
    { account, environment: 'live' as const, month },
    { account, environment: 'test' as const, month },
  ]);
}

/** What {@link accountSchema} says; limits are those of today's plan, for earlier months too. */
export function accountView(state: AccountState): v.InferOutput<typeof accountSchema> {
  const { account, plan, used } = state;
  const { id, name, status, createdAt } = account;
  const { emailsPerMonth, domains, requestsPerSecond } = plan;
  return {
    id,
    name,
    status,
    createdAt,
    plan: { name: account.plan, emailsPerMonth, domains, requestsPerSecond },
    usage: state.months.map((month, i) => ({
      month,
      live: { emails: used[2 * i] ?? 0, limit: monthlyLimit(plan, 'live') },
      test: { emails: used[2 * i + 1] ?? 0, limit: monthlyLimit(plan, 'test') },
    })),
    domains: { used: state.domains.length, limit: domains },
    sending: sendingView(state.gate, state.operator),
    operator: state.operator,
    owner: account.owner ? { email: account.owner.email ?? null } : null,
    notices: bannersOf({ ...state, used: used[0] ?? 0, limit: monthlyLimit(plan, 'live') }),
  };
}
