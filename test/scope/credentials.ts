import { randomBytes, randomUUID } from 'node:crypto';
import type { Account } from '../../lambdas/core/account/account.ts';
import { accountIdOf } from '../../lambdas/core/account/user.ts';
import { type ApiKey, makeKeyText } from '../../lambdas/core/api-key/api-key.ts';
import { OPERATOR_PLAN_NAME } from '../../lambdas/core/contract/plans.ts';
import { apiKeyStore } from '../../lambdas/core/table/api-key-store.ts';
import { keyId } from '../../lambdas/core/value/id.ts';
import { aKey, anAccount } from '../core/email/fakes.ts';
import { UNKNOWN_KEY } from '../core/http/fake-http.ts';
import type { House } from './house.ts';

/** Ways to show who one is. */
export const CREDENTIALS = [
  'none',
  'garbage',
  'revoked',
  'expired',
  'live-send',
  'live-send-bound',
  'live-full',
  'live-full-bound',
  'test-send',
  'test-full',
  'operator-live-full',
  'user',
  'operator',
] as const;
export type Credential = (typeof CREDENTIALS)[number];

/** An account, and what is shown for it. */
export type Shown = { readonly account: string; readonly credential: string | undefined };

const KEYS: Partial<Record<Credential, Partial<ApiKey>>> = {
  revoked: { scope: 'full', revokedAt: '2026-11-01T00:00:00.000Z' },
  'live-send': { scope: 'send' },
  'live-send-bound': { scope: 'send', domain: 'own' },
  'live-full': { scope: 'full' },
  'live-full-bound': { scope: 'full', domain: 'own' },
  'test-send': { scope: 'send', environment: 'test' },
  'test-full': { scope: 'full', environment: 'test' },
  'operator-live-full': { scope: 'full' },
};

async function keyOf({ table }: House, account: string, { domain, ...changes }: Partial<ApiKey>) {
  const { environment = 'live' } = changes;
  const text = makeKeyText(environment);
  const bound = domain === undefined ? {} : { domain: `d${account}.example.com` };
  await apiKeyStore(table).create(aKey({ id: keyId(text), account, ...changes, ...bound }));
  return text;
}

/** Makes an account and a credential for it; a user's account is the user's. */
export async function show(
  house: House,
  kind: Credential,
  status: Account['status'] = 'active',
): Promise<Shown> {
  const sub = randomUUID();
  const isToken = kind === 'user' || kind === 'operator' || kind === 'expired';
  const account = isToken ? accountIdOf(sub) : randomBytes(12).toString('hex');
  const plan = kind.startsWith('operator') ? OPERATOR_PLAN_NAME : 'Business';
  await house.stores.accounts.create(anAccount({ id: account, plan, status }));
  const key = KEYS[kind];
  if (key) return { account, credential: await keyOf(house, account, key) };
  if (kind === 'none') return { account, credential: undefined };
  if (kind === 'garbage') return { account, credential: UNKNOWN_KEY };
  const groups = kind === 'operator' ? { 'cognito:groups': ['operators'] } : {};
  const time = kind === 'expired' ? { exp: Math.floor(Date.now() / 1000) - 1 } : {};
  return { account, credential: house.pool.token({ sub, ...groups, ...time }) };
}
