import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import {
  DEFAULT_PLANS,
  firstPlan,
  OPERATOR_PLAN,
  parsePlans,
  planNamed,
  plansSchema,
} from '../../../lambdas/core/contract/plans.ts';

const plan = { emailsPerMonth: 1, domains: 1, requestsPerSecond: 1 };
const problemsOf = (plans: object) =>
  v.safeParse(plansSchema, plans).issues?.map(({ message }) => message);

describe('configured plans', () => {
  it('may not say what the operator’s plan is', () => {
    expect(problemsOf({ Free: plan, Operator: plan })).toEqual([
      'The plan "Operator" is built in and belongs to the operator: give yours another name.',
    ]);
    expect(() => parsePlans(JSON.stringify({ Operator: plan }))).toThrow('is built in');
  });

  it.each([
    ['', 'A plan needs a name.'],
    ['100', 'The name of a plan must not be a number: add a letter.'],
  ])('may not be called %j', (name, message) => {
    expect(problemsOf({ [name]: plan })).toContain(message);
  });

  it('begin with the plan of new accounts', () => {
    expect(firstPlan(DEFAULT_PLANS)).toBe('Free');
    expect(firstPlan(parsePlans(JSON.stringify({ Zero: plan, Basic: plan })))).toBe('Zero');
    expect(() => firstPlan({})).toThrow('There is no plan');
  });

  it('are found by name, the operator’s beside them, and nothing else is', () => {
    expect(planNamed(DEFAULT_PLANS, 'Starter')).toBe(DEFAULT_PLANS.Starter);
    expect(planNamed(DEFAULT_PLANS, 'Operator')).toBe(OPERATOR_PLAN);
    expect(OPERATOR_PLAN).toEqual({ emailsPerMonth: null, domains: null, requestsPerSecond: 100 });
    for (const name of ['Huge', 'operator', 'toString', '__proto__', '']) {
      expect(planNamed(DEFAULT_PLANS, name)).toBeUndefined();
    }
  });
});
