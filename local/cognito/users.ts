import { randomBytes } from 'node:crypto';
import { uuidOf } from '../template/identity.ts';
import { CognitoError, notAuthorized } from './errors.ts';
import type { Answer, Attribute, Parts, Pool, Request, User } from './parts.ts';

/** The operations by which users come to be, as far as cognito-local's differ from Cognito's. */
export function userOperations(parts: Parts) {
  const { context, pools } = parts;

  async function invite(pool: Pool, user: User, request: Request): Promise<Answer> {
    await pool.saveUser(context, user);
    if (request.MessageAction !== 'SUPPRESS') {
      const email = attributeOf('email', user) ?? user.Username;
      parts.deliver({ source: 'AdminCreateUser', email, code: user.Password });
    }
    const { Password: _, RefreshTokens: __, ConfirmationCode: ___, ...shown } = user;
    return { User: shown };
  }

  return {
    async AdminCreateUser(request: Request): Promise<Answer> {
      const pool = await pools.getUserPool(context, String(request.UserPoolId));
      const found = await pool.getUserByUsername(context, String(request.Username));
      const Password = String(request.TemporaryPassword ?? firstPassword());
      if (request.MessageAction === 'RESEND') {
        if (found === null) throw new CognitoError('UserNotFoundException', 'User does not exist.');
        if (found.UserStatus !== 'FORCE_CHANGE_PASSWORD') {
          throw new CognitoError('UnsupportedUserStateException', 'User is confirmed already.');
        }
        return invite(pool, { ...found, Password }, request);
      }
      if (found !== null) {
        throw new CognitoError('UsernameExistsException', 'User account already exists');
      }
      return invite(pool, newUser(request, Password), request);
    },

    async SignUp(request: Request): Promise<Answer> {
      const pool = await pools.getUserPoolForClientId(context, String(request.ClientId));
      const { AllowAdminCreateUserOnly: closed } = (pool.options.AdminCreateUserConfig ?? {}) as {
        readonly AllowAdminCreateUserOnly?: boolean;
      };
      if (closed === true) throw notAuthorized('SignUp is not permitted for this user pool');
      return parts.operation('SignUp')(context, request);
    },
  };
}

/** A user whose id follows from the address, so that it is the same in every clone and after a new start. */
function newUser({ Username, UserAttributes }: Request, Password: string): User {
  const email = String(Username);
  if (!email.includes('@')) {
    throw new CognitoError('InvalidParameterException', 'Username should be an email.');
  }
  const sub = uuidOf(`user ${email.toLowerCase()}`);
  const given = (UserAttributes ?? []) as readonly Attribute[];
  const missing = given.some(({ Name }) => Name === 'email')
    ? []
    : [{ Name: 'email', Value: email }];
  const now = new Date();
  return {
    Username: sub,
    Password,
    Attributes: [{ Name: 'sub', Value: sub }, ...given, ...missing],
    Enabled: true,
    UserStatus: 'FORCE_CHANGE_PASSWORD',
    UserCreateDate: now,
    UserLastModifiedDate: now,
    RefreshTokens: [],
  };
}

/** Of every kind of character, so that it fits any policy. */
function firstPassword(): string {
  return `${randomBytes(9).toString('base64url')}-aA1`;
}

/** Value of a user's attribute. */
export function attributeOf(name: string, { Attributes }: User): string | undefined {
  return Attributes.find(({ Name }) => Name === name)?.Value;
}
