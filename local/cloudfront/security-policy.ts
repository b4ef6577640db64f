import { ISSUER_HOST } from '../cognito/tokens.ts';

/**
 * A content security policy fit for this machine: the pages talk to the local Cognito instead of the cloud's,
 * and plain HTTP stays plain.
 */
export function localPolicy(policy: string, cognitoUrl: string): string {
  const directives = policy.split(';').map((directive) => directive.trim());
  return directives
    .filter((directive) => directive !== '' && directive !== 'upgrade-insecure-requests')
    .map((directive) => directive.replaceAll(ISSUER_HOST, cognitoUrl))
    .join('; ');
}
