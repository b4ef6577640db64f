import * as v from 'valibot';
import { type DeploymentDeps, deploymentHandler } from '../core/deployment/deployment.ts';
import { firstPassword, type Invitations, invitationSchema } from '../core/deployment/operator.ts';

/** What inviting the operator touches. */
export type InviteOperatorDeps = DeploymentDeps & { readonly invitations: Invitations };

/**
 * Custom resource: the first user. A later deployment without `adminEmail` gives the resource up, and the user
 * stays: whoever runs the service is never locked out by a forgotten option.
 */
export function createHandler(deps: InviteOperatorDeps) {
  const { invitations } = deps;
  return deploymentHandler(deps, {
    physicalId: 'operator',
    async apply(properties) {
      const { Email } = v.parse(invitationSchema, properties);
      await invitations.invite(Email, firstPassword());
      await invitations.makeOperator(Email);
    },
    remove: async () => undefined,
  });
}
