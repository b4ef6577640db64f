import { type ErrorName, statusOf } from '../http/refusal.ts';
import type { DescribedRoute, Route } from '../http/route.ts';

/** A route of the document; one without a scope answers everyone. */
export type DocumentRoute = DescribedRoute & Partial<Pick<Route, 'scope' | 'domainKeys' | 'users'>>;

/** When each error is given, for people. */
export const WHEN: Readonly<Record<ErrorName, string>> = {
  'Validation failed': 'A parameter or a field is missing or wrong, or the body is no JSON.',
  Unauthorized:
    'The key is missing, malformed, unknown or revoked; the access token is invalid, expired, or not for this route.',
  'Domain not verified': 'The sender is not at a verified domain of the account.',
  'Recipient suppressed': 'A recipient is on the suppression list.',
  'Account suspended': 'The account is suspended and cannot send.',
  'Plan limit reached': 'The account has as many of these as it may have.',
  Forbidden: 'The key does not allow this: by its scope, its domain or its environment.',
  'Not found': 'There is nothing at this path that the caller may see.',
  'Method not allowed': 'The path exists and does not take this method.',
  Conflict: 'The request conflicts with the current state; the message says what to do.',
  'Too large': 'The content is larger than 5 MB.',
  'Rate limit exceeded': "The second's requests are used up.",
  'Monthly quota exceeded': "The emails do not fit into what is left of the month's.",
  'Internal server error': 'The fault is ours. Send the request again.',
};

/** What follows from how a route is declared: the steps of `core/http` give these errors, whatever the handler does. */
function implied(route: DocumentRoute): ErrorName[] {
  const { scope, domainKeys, path, body, query } = route;
  const errors: ErrorName[] = ['Rate limit exceeded', 'Internal server error'];
  if (scope) errors.push('Unauthorized');
  // Only a route for every scope and every domain lets every key in.
  if (scope === 'full' || (scope && !domainKeys)) errors.push('Forbidden');
  if (path.includes('{')) errors.push('Not found');
  if (body || query) errors.push('Validation failed');
  if (body) errors.push('Too large');
  return errors;
}

/** Every error that a route can answer, by status, in the order of the contract's list. */
export function refusalsOf(route: DocumentRoute): ReadonlyMap<number, readonly ErrorName[]> {
  const given = new Set([...implied(route), ...(route.refusals ?? [])]);
  const ordered = (Object.keys(WHEN) as ErrorName[]).filter((error) => given.has(error));
  return Map.groupBy(ordered, statusOf);
}
