import * as v from 'valibot';

const count = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1)));

/** One plan: `null` is unlimited. */
export const planSchema = v.strictObject({
  emailsPerMonth: count,
  domains: count,
  requestsPerSecond: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

export const plansSchema = v.record(v.pipe(v.string(), v.nonEmpty()), planSchema);

export type Plan = v.InferOutput<typeof planSchema>;
/** Plan name → its limits. */
export type Plans = v.InferOutput<typeof plansSchema>;

/** The contract's table "Plans". */
export const DEFAULT_PLANS: Plans = {
  Free: { emailsPerMonth: 300, domains: 1, requestsPerSecond: 1 },
  Starter: { emailsPerMonth: 10_000, domains: 5, requestsPerSecond: 10 },
  Growth: { emailsPerMonth: 30_000, domains: null, requestsPerSecond: 50 },
  Business: { emailsPerMonth: 50_000, domains: null, requestsPerSecond: 100 },
};

/** A test key's monthly allowance is this many times the plan's (contract, part 2). */
export const TEST_ALLOWANCE_FACTOR = 10;

/** Plans from the JSON in a function's environment; throws where it is none. */
export function parsePlans(text: string): Plans {
  return v.parse(plansSchema, JSON.parse(text));
}
