import type { Cognito } from './cognito/server.ts';
import { StartError } from './start-error.ts';
import type { Template } from './template/template.ts';

/** The operator of every local system: the template's invitation makes this user. */
export const SEED_USER = {
  email: 'ada@maillayer.test',
  password: 'Correct-Horse-Battery-1',
} as const;

/**
 * Gives the invited operator the password that is told at every start.
 *
 * @returns the user's id, `sub`
 * @throws StartError when the template has invited nobody
 */
export async function confirmSeedUser(template: Template, cognito: Cognito): Promise<string> {
  const [pool] = template.resources('AWS::Cognito::UserPool');
  const user = { UserPoolId: pool?.ref, Username: SEED_USER.email };
  try {
    await cognito.call('AdminSetUserPassword', {
      ...user,
      Password: SEED_USER.password,
      Permanent: true,
    });
    const { Username } = await cognito.call('AdminGetUser', user);
    return String(Username);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The dashboard's user ${SEED_USER.email} cannot be created: ${reason}`);
  }
}
