import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Invitations, OperatorPool } from '../deployment/operator.ts';
import { DeadlineHandler } from '../runtime/deadline.ts';

/** Invitations to a user pool of Cognito, in which an email address is the user's name. */
export function invitations(pool: OperatorPool): Invitations {
  const requestHandler = new DeadlineHandler({ connectionTimeout: 1000, requestTimeout: 10_000 });
  const client = new CognitoIdentityProviderClient({ requestHandler });
  return {
    async invite(email, password) {
      const command = new AdminCreateUserCommand({
        UserPoolId: pool.id,
        Username: email,
        TemporaryPassword: password,
        DesiredDeliveryMediums: ['EMAIL'],
        UserAttributes: [
          { Name: 'email', Value: email },
          // The first password only reaches whoever reads this address.
          { Name: 'email_verified', Value: 'true' },
        ],
      });
      try {
        await client.send(command);
      } catch (error) {
        if (!(error instanceof UsernameExistsException)) throw error;
      }
    },
    async makeOperator(email) {
      await client.send(
        new AdminAddUserToGroupCommand({
          UserPoolId: pool.id,
          Username: email,
          GroupName: pool.operators,
        }),
      );
    },
  };
}
