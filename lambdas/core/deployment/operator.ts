import { randomInt } from 'node:crypto';
import * as v from 'valibot';

/** Properties of the operator's invitation. */
export const invitationSchema = v.object({ Email: v.pipe(v.string(), v.email()) });

/** Where users are invited. */
export type Invitations = {
  /** Makes the user and mails this first password; who is there already stays as is. */
  invite(email: string, password: string): Promise<void>;
  /** Makes the user one of the operators; may be repeated. */
  makeOperator(email: string): Promise<void>;
};

/** Without those that look alike. */
const CHARACTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const LENGTH = 20;

/**
 * A first password of letters and digits. Cognito's own have symbols and go into an HTML mail as they are, where
 * `<` and `&` damage them.
 */
export function firstPassword(): string {
  return Array.from({ length: LENGTH }, () => CHARACTERS[randomInt(CHARACTERS.length)]).join('');
}
