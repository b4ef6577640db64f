import type { AccountStore } from '../account/account.ts';
import type { UsageStore } from '../account/usage.ts';
import { accountOfUser, type TokenVerifier } from '../account/user.ts';
import { type ApiKey, type ApiKeyStore, isUseNoted, readKeyText } from '../api-key/api-key.ts';
import { type Plan, type Plans, planNamed } from '../contract/plans.ts';
import type { Log } from '../log/logger.ts';
import { type Caller, requestsPerSecond } from './caller.ts';
import { Refusal, unauthorized } from './refusal.ts';
import { type HttpStep, stateOf } from './request.ts';
import { type Route, routeKeyOf } from './route.ts';

/** What noting the use of keys needs. */
type KeyUseDeps = {
  readonly apiKeys: Pick<ApiKeyStore, 'noteUse'>;
  readonly log: Log;
  readonly now: () => number;
};

/**
 * Notes beside a request that its key was used. The note ends with the request at the latest: one that is
 * still under way then is broken off, because the answer does not wait for it and nothing outlives an answer.
 */
function keyUse({ apiKeys, log, now }: KeyUseDeps) {
  const write = async ({ id, account }: ApiKey, signal: AbortSignal): Promise<void> => {
    try {
      await apiKeys.noteUse(id, new Date(now()).toISOString(), signal);
    } catch (error) {
      if (!signal.aborted) log.error('use of a key not noted', { account }, error);
    }
  };
  return {
    /** Begins the note, where it is time for one. */
    begin(step: HttpStep, key: ApiKey): void {
      if (isUseNoted(key, now())) return;
      const ended = new AbortController();
      stateOf(step).keyUse = { written: write(key, ended.signal), ended };
    },
    /** Ends it. */
    async end(step: HttpStep): Promise<void> {
      const { keyUse: note } = stateOf(step);
      note?.ended.abort();
      await note?.written;
    },
  };
}

const BEARER = /^Bearer +(?<credential>\S+)$/i;

/** What follows `Bearer` in the header `Authorization`; undefined where it says anything else. */
export function bearerOf(
  headers: Readonly<Record<string, string | undefined>> | undefined,
): string | undefined {
  return BEARER.exec(headers?.authorization ?? '')?.groups?.credential;
}

/** What authentication needs. */
export type AuthenticationDeps = KeyUseDeps & {
  readonly apiKeys: Pick<ApiKeyStore, 'find'>;
  readonly accounts: Pick<AccountStore, 'find' | 'create' | 'setPlan'>;
  readonly usage: Pick<UsageStore, 'countRequest'>;
  readonly plans: Plans;
  /** Absent where a function takes keys only. */
  readonly users?: TokenVerifier;
};

type KeyUse = ReturnType<typeof keyUse>;

function planOf({ plan: name, id }: { plan: string; id: string }, plans: Plans): Plan {
  const plan = planNamed(plans, name);
  if (!plan) throw new Error(`Account ${id} has the plan ${name}, which is not known.`);
  return plan;
}

async function keyCaller(key: ApiKey, deps: AuthenticationDeps): Promise<Caller> {
  const account = await deps.accounts.find(key.account);
  if (!account) throw new Error(`Key ${key.id} has no account.`);
  return { key, account, plan: planOf(account, deps.plans) };
}

async function userCaller(token: string, deps: AuthenticationDeps): Promise<Caller | undefined> {
  const user = await deps.users?.verify(token);
  if (!user) return undefined;
  const account = await accountOfUser(user, deps);
  return { user, accessToken: token, account, plan: planOf(account, deps.plans) };
}

async function callerOf(
  step: HttpStep,
  use: KeyUse,
  takesUsers: boolean,
  deps: AuthenticationDeps,
): Promise<Caller | undefined> {
  const text = bearerOf(step.event.headers);
  if (text === undefined) return undefined;
  const read = readKeyText(text);
  if (!read) return takesUsers ? await userCaller(text, deps) : undefined;
  const key = await deps.apiKeys.find(read.id);
  if (!key || key.revokedAt) return undefined;
  use.begin(step, key);
  return await keyCaller(key, deps);
}

async function countRequest(
  step: HttpStep,
  caller: Caller,
  deps: AuthenticationDeps,
): Promise<void> {
  const { account, user } = caller;
  const limit = requestsPerSecond(caller);
  const counted = await deps.usage.countRequest(account.id, limit, deps.now(), user?.id);
  stateOf(step).remaining = counted?.remaining ?? 0;
  if (counted) return;
  const who = user ? 'A signed-in user may send' : "The account's plan allows";
  const message = `${who} ${limit} requests a second. Wait as many seconds as 'Retry-After' says, then send the request again.`;
  throw new Refusal('Rate limit exceeded', message, { 'retry-after': '1' });
}

/** Finds the caller and counts the request against their rate; tells whether there is a caller. */
async function admit(
  step: HttpStep,
  use: KeyUse,
  takesUsers: boolean,
  deps: AuthenticationDeps,
): Promise<boolean> {
  const caller = await callerOf(step, use, takesUsers, deps);
  if (!caller) return false;
  const state = stateOf(step);
  state.caller = caller;
  state.log.account = caller.account.id;
  if (caller.user) state.log.user = caller.user.id;
  await countRequest(step, caller, deps);
  return true;
}

/**
 * Middleware: lets through requests with a valid key, or with a valid access token where the route takes
 * users, and with room in the second; 401 or 429 otherwise.
 */
export function authenticate(deps: AuthenticationDeps, routes: readonly Route[]) {
  const use = keyUse(deps);
  const forUsers = new Set(routes.filter(({ users }) => users).map(routeKeyOf));
  return {
    async before(step: HttpStep): Promise<void> {
      const takesUsers = forUsers.has(step.event.routeKey);
      if (!(await admit(step, use, takesUsers, deps))) throw unauthorized();
    },
    after: use.end,
    onError: use.end,
  };
}

/** Middleware for routes that answer everyone the same: counts a caller who shows a valid key or token. */
export function recognise(deps: AuthenticationDeps) {
  const use = keyUse(deps);
  return {
    async before(step: HttpStep): Promise<void> {
      await admit(step, use, true, deps);
    },
    after: use.end,
    onError: use.end,
  };
}
