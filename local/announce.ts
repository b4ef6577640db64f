import type { System } from './system.ts';

/** What is shown when the system is ready: where everything is, and a request to try. */
export function announce(system: Omit<System, 'stop'>): string {
  const { apiUrl, inboxUrl, apiKeys, domain } = system;
  const body = JSON.stringify({
    from: `hello@${domain}`,
    to: 'ada@example.com',
    subject: 'Hello from Maillayer',
    text: 'It works.',
  });
  return `API       ${apiUrl}
Inbox     ${inboxUrl}
Live key  ${apiKeys?.live ?? 'none'}
Test key  ${apiKeys?.test ?? 'none'}

Send a first email, and look at it in the inbox:

curl -X POST ${apiUrl}/api/v1/emails -H 'Authorization: Bearer ${apiKeys?.live ?? ''}' -H 'Content-Type: application/json' -d '${body}'

Stop with Ctrl-C.
`;
}
