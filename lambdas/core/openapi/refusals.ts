import { type ErrorName, statusOfError } from '../http/refusal.ts';
import type { Route } from '../http/route.ts';

/** When each error is given, for people. */
export const WHEN: Readonly<Record<ErrorName, string>> = {
  'Validation failed': 'A parameter or field is missing or invalid, or the body is not JSON.',
  Unauthorized:
    'The key is missing, malformed, unknown or revoked; the access token is invalid, expired, or not for this route.',
  'Domain not verified': "The sender's domain is not a verified domain of the account.",
  'Recipient suppressed': 'A recipient is on the suppression list.',
  'Account suspended': 'The account is suspended and cannot send.',
  'Plan limit reached': 'The account has reached the maximum number of these.',
  Forbidden: "The key's scope, domain or environment does not allow this.",
  'Not found': 'Nothing exists at this path that the caller may see.',
  'Method not allowed': 'The path exists but does not allow this method.',
  Conflict: 'The request conflicts with the current state; the message says what to do.',
  'Too large': 'The content is larger than 5 MB.',
  'Rate limit exceeded': 'The caller has used up the requests of this second.',
  'Monthly quota exceeded': "The emails would exceed the month's quota.",
  'Internal server error': 'The service failed. Send the request again.',
};

/** What follows from how a route is declared: the steps of `core/http` give these errors, whatever the handler does. */
function implied(route: Route): ErrorName[] {
  const { scope, domainKeys, liveOnly, operatorOnly, path, body, bodyLimit, query, paged } = route;
  const errors: ErrorName[] = ['Rate limit exceeded', 'Internal server error'];
  if (scope) errors.push('Unauthorized');
  // Only a route for every scope and every domain lets every key in.
  const isForAll = scope === 'send' && domainKeys && !liveOnly && !operatorOnly;
  if (scope && !isForAll) errors.push('Forbidden');
  if (path.includes('{')) errors.push('Not found');
  if (body || query || paged) errors.push('Validation failed');
  if (bodyLimit) errors.push('Too large');
  return errors;
}

/** Every error that a route can answer, by status, in the order of docs/api.md, "Errors". */
export function refusalsOf(route: Route): ReadonlyMap<number, readonly ErrorName[]> {
  const given = new Set([...implied(route), ...(route.refusals ?? [])]);
  const ordered = (Object.keys(WHEN) as ErrorName[]).filter((error) => given.has(error));
  return Map.groupBy(ordered, statusOfError);
}
