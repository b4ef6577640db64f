import type { Account } from '../account/account.ts';
import type { User } from '../account/user.ts';
import type { ApiKey } from '../api-key/api-key.ts';
import { OPERATOR_PLAN_NAME, type Plan, USER_REQUESTS_PER_SECOND } from '../contract/plans.ts';
import type { Environment } from '../value/environment.ts';
import { Refusal } from './refusal.ts';

type Common = { readonly account: Account; readonly plan: Plan };

/** An application: the key, its account and the account's plan. */
export type KeyCaller = Common & { readonly key: ApiKey; readonly user?: undefined };
/** A person at the dashboard: the user, their account and its plan. */
export type UserCaller = Common & {
  readonly user: User;
  /** What they signed in with. */
  readonly accessToken: string;
  readonly key?: undefined;
};
/** Who calls. */
export type Caller = KeyCaller | UserCaller;

/** Requests a second that this caller may send. */
export function requestsPerSecond({ user, plan }: Caller): number {
  return user ? USER_REQUESTS_PER_SECOND : plan.requestsPerSecond;
}

/** True for a member of the operators' group; never for a key, whoever's account it belongs to. */
function isOperator({ user }: Caller): boolean {
  return user?.operator ?? false;
}

/**
 * True for whoever may act for the whole service: a member of the operators' group, or a live key of the
 * operator's account; its scope is the route's business.
 */
export function mayOperate(caller: Caller): boolean {
  if (isOperator(caller)) return true;
  const { key, account } = caller;
  return key?.environment === 'live' && account.plan === OPERATOR_PLAN_NAME;
}

/** The only domain that the caller may see, in punycode; undefined where it sees all of the account's. */
export function onlyDomain({ key }: Caller): string | undefined {
  return key?.domain;
}

/** True for a test key, which changes and sees nothing of the live environment. */
export function isTestKey({ key }: Caller): boolean {
  return key?.environment === 'test';
}

/** True where the caller may see what is of an environment: a test key sees `test`, everyone else both. */
export function seesAlso(caller: Caller, environment: Environment): boolean {
  return !isTestKey(caller) || environment === 'test';
}

/** True where an email of this environment is the caller's to see: a key sees its own, a user both. */
export function seesMailOf({ key }: Caller, environment: Environment): boolean {
  return key === undefined || key.environment === environment;
}

/**
 * The environment that an answer is about: a key's own, or the one that a user asks for, else `live`.
 *
 * @param asked the query's `environment`
 * @throws Refusal `Validation failed` where a key asks for the other one
 */
export function environmentOf({ key }: Caller, asked: Environment | undefined): Environment {
  const environment = asked ?? key?.environment ?? 'live';
  if (key === undefined || key.environment === environment) return environment;
  const message = `The 'environment' field must be '${key.environment}', because this API key belongs to that environment. Use a key that begins with ml_${environment}_.`;
  throw new Refusal('Validation failed', message);
}
