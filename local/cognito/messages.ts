import type { Message } from './parts.ts';

/** What Cognito would have mailed, as one line for the terminal. */
export function lineOf({ source, email, code }: Message): string {
  if (source === 'AdminCreateUser') return `invitation of ${email}: the first password is ${code}`;
  if (source === 'ForgotPassword') return `code for a new password of ${email}: ${code}`;
  return `code that proves the address ${email}: ${code}`;
}
