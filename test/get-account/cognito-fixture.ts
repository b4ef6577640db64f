import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { startCognito } from '../../local/cognito/server.ts';
import { scratchDirectory } from '../contracts/table-fixture.ts';

const POOL = 'us-east-1_Abc123xyZ';
const CLIENT = '3n4b5urk1ft4fl3mg5e62d9ado';
const PASSWORD = 'Correct horse 7 battery!';

/** The local Cognito with a pool, and people who sign in to it. */
export async function startPool() {
  const directory = await scratchDirectory();
  const cognito = await startCognito({ directory: directory.path, onMessage: () => undefined });
  cognito.configure({
    pool: { Id: POOL, UsernameAttributes: ['email'] },
    clients: [{ ClientId: CLIENT, UserPoolId: POOL }],
    groups: [{ GroupName: 'operators' }],
  });
  process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = cognito.url;
  const client = new CognitoIdentityProviderClient({ region: 'us-east-1' });
  const of = (email: string) => ({ UserPoolId: POOL, Username: email });
  return {
    cognito,
    pool: { USER_POOL_ID: POOL, USER_POOL_CLIENT_ID: CLIENT },
    /** Makes a user with an address that is not verified. */
    async addUser(email: string): Promise<void> {
      await client.send(
        new AdminCreateUserCommand({
          ...of(email),
          UserAttributes: [{ Name: 'email', Value: email }],
          MessageAction: 'SUPPRESS',
        }),
      );
      const password = { ...of(email), Password: PASSWORD, Permanent: true };
      await client.send(new AdminSetUserPasswordCommand(password));
    },
    async setVerified(email: string, verified: boolean): Promise<void> {
      const UserAttributes = [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: String(verified) },
      ];
      await client.send(new AdminUpdateUserAttributesCommand({ ...of(email), UserAttributes }));
    },
    async makeOperator(email: string): Promise<void> {
      await client.send(new AdminAddUserToGroupCommand({ ...of(email), GroupName: 'operators' }));
    },
    /** Signs in; the access token. */
    async signIn(email: string): Promise<string> {
      const { AuthenticationResult } = await client.send(
        new InitiateAuthCommand({
          AuthFlow: 'USER_PASSWORD_AUTH',
          ClientId: CLIENT,
          AuthParameters: { USERNAME: email, PASSWORD },
        }),
      );
      return AuthenticationResult?.AccessToken ?? '';
    },
    async stop() {
      client.destroy();
      delete process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER;
      await cognito.stop();
      await directory.remove();
    },
  };
}
