import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import {
  DEFAULT_PLANS,
  firstPlan,
  OPERATOR_PLAN,
  parsePlans,
  planNamed,
  plansSchema,
  TEST_ALLOWANCE_FACTOR,
  USER_REQUESTS_PER_SECOND,
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

  it('are, unless others are given, those of the contract', () => {
    expect(DEFAULT_PLANS).toEqual({
      Free: { emailsPerMonth: 300, domains: 1, requestsPerSecond: 1 },
      Starter: { emailsPerMonth: 10_000, domains: 5, requestsPerSecond: 10 },
      Growth: { emailsPerMonth: 30_000, domains: null, requestsPerSecond: 50 },
      Business: { emailsPerMonth: 50_000, domains: null, requestsPerSecond: 100 },
    });
    expect([USER_REQUESTS_PER_SECOND, TEST_ALLOWANCE_FACTOR]).toEqual([20, 10]);
  });

  it.each([
    [{ emailsPerMonth: null, domains: null }, true],
    [{ emailsPerMonth: 0 }, false],
    [{ emailsPerMonth: 1.5 }, false],
    [{ domains: 0 }, false],
    [{ domains: '1' }, false],
    [{ requestsPerSecond: 0 }, false],
    [{ requestsPerSecond: 0.5 }, false],
    [{ requestsPerSecond: null }, false],
    [{ emails: 1 }, false],
  ])('with %j are taken: %p', (change, taken) => {
    expect(problemsOf({ Any: { ...plan, ...change } }) === undefined).toBe(taken);
  });

  it('begin with the plan of new accounts', () => {
    expect(firstPlan(DEFAULT_PLANS)).toBe('Free');
    expect(firstPlan(parsePlans(JSON.stringify({ Zero: plan, Basic: plan })))).toBe('Zero');
    expect(() => firstPlan({})).toThrow('There is no plan for a new account.');
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
