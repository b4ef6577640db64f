import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import {
  DEFAULT_PLANS,
  OPERATOR_PLAN_NAME,
  type Plans,
  planNamed,
  plansSchema,
} from '../../lambdas/core/contract/plans.ts';
import { AdminError } from './admin-error.ts';

const FILE = new URL('../../cdk.json', import.meta.url);

/** The plans that a deployment from this checkout knows: `cdk.json`'s, which replace the standard ones. */
export async function readPlans(): Promise<Plans> {
  try {
    const { context } = JSON.parse(await readFile(FILE, 'utf8')) as {
      context?: { plans?: unknown };
    };
    const plans = context?.plans;
    if (plans === undefined) return DEFAULT_PLANS;
    return v.parse(plansSchema, typeof plans === 'string' ? JSON.parse(plans) : plans);
  } catch {
    throw new AdminError(
      'The plans in cdk.json cannot be read: "npx cdk synth" says what is wrong with them.',
    );
  }
}

/** @throws AdminError when there is no plan of that name */
export async function checkPlan(name: string): Promise<string> {
  const plans = await readPlans();
  if (planNamed(plans, name)) return name;
  const names = [...Object.keys(plans), OPERATOR_PLAN_NAME].join(', ');
  throw new AdminError(`The plan "${name}" does not exist: choose one of ${names}.`);
}
