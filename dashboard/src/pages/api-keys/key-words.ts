import type { Schema } from '../../api/client.ts';

/** A key of the API's list, never its text. */
export type ApiKey = Schema<'ApiKey'>;
/** A key with its text, which the API shows once. */
export type CreatedKey = Schema<'CreatedApiKey'>;

/** The scopes to choose from, with what each allows. */
export const SCOPES = [
  {
    value: 'send',
    label: 'Sending',
    description: 'Sends emails and reads their status. Enough for an application.',
  },
  {
    value: 'full',
    label: 'Full access',
    description: 'Everything you can do here, including creating and revoking keys.',
  },
] as const;

/** The environments to choose from, with what each does. */
export const ENVIRONMENTS = [
  { value: 'live', label: 'Live', description: 'Sends real emails.' },
  {
    value: 'test',
    label: 'Test',
    description: 'Runs the full pipeline, webhooks included, but delivers nothing.',
  },
] as const;

/** An argument for a shell that takes it literally. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A command that sends a first email; `from` is a domain, `to` an address. */
export function firstCommand(key: string, { from, to }: { from: string; to: string }): string {
  const body = { from: `hello@${from}`, to, subject: 'Hello', text: 'It works.' };
  return [
    `curl -X POST ${window.location.origin}/api/v1/emails`,
    `  -H ${quoted(`Authorization: Bearer ${key}`)}`,
    `  -H 'Content-Type: application/json'`,
    `  -d ${quoted(JSON.stringify(body))}`,
  ].join(' \\\n');
}
