import type { Account } from '../../lambdas/core/account/account.ts';
import type { Route } from '../../lambdas/core/http/route.ts';
import type { Credential } from './credentials.ts';

/** What is expected of one request: its status, and its error where it is one. */
export type Expected = { readonly status: number; readonly error: string | undefined };

const UNAUTHORIZED: Expected = { status: 401, error: 'Unauthorized' };
const FORBIDDEN: Expected = { status: 403, error: 'Forbidden' };
const SUSPENDED: Expected = { status: 403, error: 'Account suspended' };

const NOBODY: readonly Credential[] = ['none', 'garbage', 'revoked', 'expired'];
const USERS: readonly Credential[] = ['user', 'operator'];
const OPERATORS: readonly Credential[] = ['operator', 'operator-live-full'];

function isForbidden(route: Route, kind: Credential): boolean {
  if (route.operatorOnly && !OPERATORS.includes(kind)) return true;
  if (USERS.includes(kind)) return false;
  if (route.scope === 'full' && kind.includes('send')) return true;
  if (!route.domainKeys && kind.endsWith('bound')) return true;
  return route.liveOnly === true && kind.startsWith('test');
}

/**
 * What a route answers to a credential of an account, by its declaration, where there is nothing else wrong with the
 * request. Written apart from `core/http`, in other words, so that one checks the other.
 */
export function expectedOf(route: Route, kind: Credential, state: Account['status']): Expected {
  const success = Math.max(...Object.keys(route.answers).map(Number));
  if (!route.scope) return { status: success, error: undefined };
  if (NOBODY.includes(kind)) return UNAUTHORIZED;
  if (USERS.includes(kind) && !route.users) return UNAUTHORIZED;
  if (isForbidden(route, kind)) return FORBIDDEN;
  // A suspended account cannot send, and all else goes on.
  if (state === 'suspended' && route.operation === 'sendEmail') return SUSPENDED;
  return { status: success, error: undefined };
}
