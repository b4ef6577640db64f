import type { AccountStore } from '../account/account.ts';
import type { UsageStore } from '../account/usage.ts';
import { type ApiKeyStore, readKeyText } from '../api-key/api-key.ts';
import type { Plans } from '../contract/plans.ts';
import { type KeyUseDeps, keyUse } from './key-use.ts';
import { Refusal, unauthorized } from './refusal.ts';
import { type Caller, gatheredBy, type Step } from './request.ts';

/** What authentication needs. */
export type AuthenticationDeps = KeyUseDeps & {
  readonly apiKeys: Pick<ApiKeyStore, 'find'>;
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly usage: Pick<UsageStore, 'countRequest'>;
  readonly plans: Plans;
};

const BEARER = /^Bearer +(?<key>\S+)$/i;

type KeyUse = ReturnType<typeof keyUse>;

async function callerOf(
  step: Step,
  use: KeyUse,
  deps: AuthenticationDeps,
): Promise<Caller | undefined> {
  const text = BEARER.exec(step.event.headers?.authorization ?? '')?.groups?.key;
  const read = text === undefined ? undefined : readKeyText(text);
  const key = read && (await deps.apiKeys.find(read.id));
  if (!key || key.revokedAt) return undefined;
  use.begin(step, key);
  const account = await deps.accounts.find(key.account);
  const plan = account && deps.plans[account.plan];
  if (!plan) throw new Error(`Key ${key.id} has no account with a known plan.`);
  return { key, account, plan };
}

async function countRequest(step: Step, caller: Caller, deps: AuthenticationDeps): Promise<void> {
  const { requestsPerSecond } = caller.plan;
  const now = deps.now();
  const counted = await deps.usage.countRequest(caller.account.id, requestsPerSecond, now);
  gatheredBy(step).remaining = counted?.remaining ?? 0;
  if (counted) return;
  const message = `The account's plan allows ${requestsPerSecond} requests a second. Send the request again after the time in 'Retry-After'.`;
  throw new Refusal('Rate limit exceeded', message, { 'retry-after': '1' });
}

/** Finds the caller and counts the request against the account's rate; tells whether there is a caller. */
async function admit(step: Step, use: KeyUse, deps: AuthenticationDeps): Promise<boolean> {
  const caller = await callerOf(step, use, deps);
  if (!caller) return false;
  const known = gatheredBy(step);
  known.caller = caller;
  known.log.account = caller.account.id;
  await countRequest(step, caller, deps);
  return true;
}

/** Middleware: lets through requests with a valid key and room in the second, 401 or 429 otherwise. */
export function authenticate(deps: AuthenticationDeps) {
  const use = keyUse(deps);
  return {
    async before(step: Step): Promise<void> {
      if (!(await admit(step, use, deps))) throw unauthorized();
    },
    after: use.end,
    onError: use.end,
  };
}

/** Middleware for routes that answer everyone the same: counts a caller who shows a valid key. */
export function recognise(deps: AuthenticationDeps) {
  const use = keyUse(deps);
  return {
    async before(step: Step): Promise<void> {
      await admit(step, use, deps);
    },
    after: use.end,
    onError: use.end,
  };
}
