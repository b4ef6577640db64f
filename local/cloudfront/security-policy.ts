import { ISSUER_HOST } from '../cognito/tokens.ts';

/**
 * A content security policy fit for this machine: the pages talk to the local Cognito instead of the cloud's,
 * and plain HTTP stays plain. A page from its sources has inline scripts with a nonce, and hears of changes by a WebSocket.
 */
export function localPolicy(policy: string, cognitoUrl: string, nonce?: string): string {
  const directives = policy.split(';').map((directive) => directive.trim());
  return directives
    .filter((directive) => directive !== '' && directive !== 'upgrade-insecure-requests')
    .map((directive) => directive.replaceAll(ISSUER_HOST, cognitoUrl))
    .map((directive) => (nonce === undefined ? directive : liveDirective(directive, nonce)))
    .join('; ');
}

function liveDirective(directive: string, nonce: string): string {
  if (directive.startsWith("script-src 'self'")) return `${directive} 'nonce-${nonce}'`;
  return directive.startsWith("connect-src 'self'") ? `${directive} ws:` : directive;
}
