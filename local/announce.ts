import { resolve } from 'node:path';
import type { System } from './system.ts';

/** The text when the system is ready: addresses, keys, and requests to try. */
export function announce(system: Omit<System, 'stop'>): string {
  const { apiUrl, inboxUrl, dashboardUrl, dashboard, apiKeys } = system;
  return `Dashboard ${dashboardUrl ?? 'none'}
User      ${dashboard?.email ?? 'none'}
Password  ${dashboard?.password ?? 'none'}
API       ${apiUrl}
Inbox     ${inboxUrl}
Live key  ${apiKeys?.live ?? 'none'}
Test key  ${apiKeys?.test ?? 'none'}

Send a first email, then open it in the inbox:

${curlEmail(system, { to: 'ada@example.com', subject: 'Hello from Maillayer', text: 'It works.' })}

See a bounce become a webhook and a suppression. In another terminal:

${receiverCommand(system)}

Then send to an address that bounces, and list the suppressions:

${curlEmail(system, { to: 'bounced@example.com', subject: 'Hello nobody', text: 'It bounces.' })}
curl ${apiUrl}/api/v1/suppressions ${authorization(system)}

Verify a domain that you added, as if its records were in DNS:

curl -X POST ${inboxUrl}_local/identities/example.com/verify

Stop with Ctrl-C.
`;
}

type Facts = Omit<System, 'stop'>;

function curlEmail(
  system: Facts,
  email: { readonly to: string; readonly subject: string; readonly text: string },
): string {
  const body = JSON.stringify({ from: `hello@${system.domain}`, ...email });
  return `curl -X POST ${system.apiUrl}/api/v1/emails ${authorization(system)} -H 'Content-Type: application/json' -d '${body}'`;
}

function authorization({ apiKeys }: Facts): string {
  return `-H 'Authorization: Bearer ${apiKeys?.live ?? ''}'`;
}

/** The receiver uses the default directory without an option. */
function receiverCommand({ dataDir }: Facts): string {
  if (dataDir === resolve('.maillayer')) return 'npm run receiver';
  return `npm run receiver -- --data-dir '${dataDir.replaceAll("'", "'\\''")}'`;
}
