import * as v from 'valibot';

/** Properties of the operator's invitation. */
export const invitationSchema = v.object({ Email: v.pipe(v.string(), v.email()) });

/** Where users are invited. */
export type Invitations = {
  /** Makes the user and mails a first password; who is there already stays as is. */
  invite(email: string): Promise<void>;
  /** Makes the user one of the operators; may be repeated. */
  makeOperator(email: string): Promise<void>;
};
