import * as v from 'valibot';

const count = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1)));

/** One plan: `null` is unlimited. */
export const planSchema = v.strictObject({
  emailsPerMonth: count,
  domains: count,
  requestsPerSecond: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

/** Name of the plan that members of the operators' group have; configuration may not say what it is. */
export const OPERATOR_PLAN_NAME = 'Operator';

const planName = v.pipe(
  v.string(),
  v.nonEmpty('A plan needs a name.'),
  v.notValue(
    OPERATOR_PLAN_NAME,
    `The plan "${OPERATOR_PLAN_NAME}" is built in and belongs to the operator: give yours another name.`,
  ),
  // JavaScript puts such names before all others, and the first plan is that of new accounts.
  v.regex(/\D/, 'The name of a plan must not be a number: add a letter.'),
);

/** The first is the plan of new accounts. */
export const plansSchema = v.record(planName, planSchema);

export type Plan = v.InferOutput<typeof planSchema>;
/** Plan name → its limits. */
export type Plans = v.InferOutput<typeof plansSchema>;

/** The plans of docs/api.md, "Rate and quota". */
export const DEFAULT_PLANS: Plans = {
  Free: { emailsPerMonth: 300, domains: 1, requestsPerSecond: 1 },
  Starter: { emailsPerMonth: 10_000, domains: 5, requestsPerSecond: 10 },
  Growth: { emailsPerMonth: 30_000, domains: null, requestsPerSecond: 50 },
  Business: { emailsPerMonth: 50_000, domains: null, requestsPerSecond: 100 },
};

/** The plan of the operator's own account: no monthly limit, and the rate of the largest plan. */
export const OPERATOR_PLAN: Plan = { emailsPerMonth: null, domains: null, requestsPerSecond: 100 };

/** Requests a second that a signed-in user may send, whatever the account's plan (docs/api.md, "Signing in"). */
export const USER_REQUESTS_PER_SECOND = 20;

/** The plan of that name, configured or built in; undefined where there is none. */
export function planNamed(plans: Plans, name: string): Plan | undefined {
  if (name === OPERATOR_PLAN_NAME) return OPERATOR_PLAN;
  return Object.hasOwn(plans, name) ? plans[name] : undefined;
}

/** Name of the plan that a new account gets. */
export function firstPlan(plans: Plans): string {
  const [name] = Object.keys(plans);
  if (name === undefined) throw new Error('There is no plan for a new account.');
  return name;
}

/** A test key's monthly quota is this many times the plan's (docs/api.md, "Test keys"). */
export const TEST_ALLOWANCE_FACTOR = 10;

/** Plans from the JSON in a function's environment; throws where it is none. */
export function parsePlans(text: string): Plans {
  return v.parse(plansSchema, JSON.parse(text));
}
