import * as v from 'valibot';
import { type DeploymentDeps, deploymentHandler, reasonOf } from '../core/deployment/deployment.ts';
import {
  firstPassword,
  type Invitations,
  invitationSchema,
  notInvited,
  type OperatorPool,
} from '../core/deployment/operator.ts';

/** What inviting the operator touches. */
export type InviteOperatorDeps = DeploymentDeps & {
  readonly invitations: Invitations;
  readonly pool: OperatorPool;
};

/**
 * Custom resource: the first user. A later deployment without `adminEmail` gives the resource up, and the user
 * stays: whoever runs the service is never locked out by a forgotten option.
 */
export function createHandler(deps: InviteOperatorDeps) {
  return deploymentHandler(deps, {
    physicalId: 'operator',
    async apply(properties) {
      const { Email } = v.parse(invitationSchema, properties);
      return { Invitation: await invite(Email, deps) };
    },
    remove: async () => undefined,
  });
}

/** A mail that Cognito could not send is no reason to roll a whole deployment back: it says what to do instead. */
async function invite(email: string, deps: InviteOperatorDeps): Promise<string> {
  const { invitations, pool, log } = deps;
  try {
    await invitations.invite(email, firstPassword());
    await invitations.makeOperator(email);
    return `${email} is invited.`;
  } catch (error) {
    log.error('invitation failed: the output OperatorInvitation says what to do', {}, error);
    return notInvited(email, pool, reasonOf(error));
  }
}
