import { randomInt } from 'node:crypto';
import * as v from 'valibot';

/** Properties of the operator's invitation. */
export const invitationSchema = v.object({ Email: v.pipe(v.string(), v.email()) });

/** The user pool, and the name of its group of operators. */
export type OperatorPool = { readonly id: string; readonly operators: string };

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

/** CloudFormation takes 4 KB in all. */
const LONGEST_REASON = 500;

/** What whoever deploys is told where the invitation failed: why, and the commands that do the same. */
export function notInvited(email: string, { id, operators }: OperatorPool, reason: string): string {
  const user = `--region ${id.split('_')[0]} --user-pool-id ${id} --username ${email}`;
  return [
    `Not invited: ${reason.slice(0, LONGEST_REASON).replace(/\.?$/, '.')} To invite by hand, run:`,
    `aws cognito-idp admin-create-user ${user} --user-attributes Name=email,Value=${email} Name=email_verified,Value=true --desired-delivery-mediums EMAIL --temporary-password "$(openssl rand -hex 10)";`,
    `aws cognito-idp admin-add-user-to-group ${user} --group-name ${operators}`,
  ].join(' ');
}
