/** A message that Cognito would have mailed. */
export interface Message {
  /** What for: the ending of Cognito's name for the trigger, `CustomMessage_SignUp`. */
  readonly source: 'AdminCreateUser' | 'ForgotPassword' | 'SignUp';
  readonly email: string;
  /** The code, or an invitation's first password. */
  readonly code: string;
}

/** A message as one line for the terminal. */
export function lineOf({ source, email, code }: Message): string {
  if (source === 'AdminCreateUser') return `invitation of ${email}: the first password is ${code}`;
  if (source === 'ForgotPassword') return `code for a new password of ${email}: ${code}`;
  return `code that proves the address ${email}: ${code}`;
}
