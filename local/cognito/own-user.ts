import { randomInt } from 'node:crypto';
import * as v from 'valibot';
import {
  CognitoError,
  invalidParameter,
  notAuthorized,
  wrongCode,
  wrongPassword,
} from './errors.ts';
import type { Message } from './message.ts';
import { ofClient, ofOwner, type World } from './operation.ts';
import { hashNew, isPassword } from './passwords.ts';
import { factorsOf } from './second-factor.ts';
import type { Answer } from './tokens.ts';
import { attributesOf, attributesSchema, type User } from './user-pool.ts';

const name = { Username: v.string() };
const code = { ...name, ConfirmationCode: v.string() };
const attributes = { UserAttributes: v.optional(attributesSchema, []) };

/** The operations by which people make, prove, recover and read a user of their own. */
export const ownUserOperations = {
  SignUp: ofClient(
    { ...name, ...attributes, Password: v.string() },
    (_, { Username, Password, UserAttributes }, world) => {
      const { settings } = world.pool;
      if (settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly) {
        throw notAuthorized('SignUp is not permitted for this user pool');
      }
      const made = { passwordHash: hashNew(Password, settings), status: 'UNCONFIRMED' } as const;
      const user = world.pool.create(Username, UserAttributes, made);
      return { ...sendCode('SignUp', user, world), UserConfirmed: false, UserSub: user.sub };
    },
  ),

  ConfirmSignUp: ofClient(code, (client, { Username, ConfirmationCode }, { pool }) => {
    const user = requireCode(ConfirmationCode, pool.findFor(client, Username));
    if (user.status !== 'UNCONFIRMED') {
      throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
    }
    const attributes = { ...user.attributes, email_verified: 'true' };
    pool.change(user, { status: 'CONFIRMED', attributes, confirmationCode: undefined });
  }),

  ForgotPassword: ofClient(name, (client, { Username }, world) => {
    const user = world.pool.findFor(client, Username);
    // Nobody is told whether there is such a user: the same answer, and no mail.
    if (user === undefined) return deliveryTo(Username);
    if (user.status === 'FORCE_CHANGE_PASSWORD') {
      throw notAuthorized('User password cannot be reset in the current state.');
    }
    if (user.attributes.email_verified !== 'true') {
      throw invalidParameter(
        'Cannot reset password for the user as there is no registered/verified email or phone_number',
      );
    }
    return sendCode('ForgotPassword', user, world);
  }),

  ConfirmForgotPassword: ofClient(
    { ...code, Password: v.string() },
    (client, { Username, ConfirmationCode, Password }, { pool }) => {
      const user = requireCode(ConfirmationCode, pool.findFor(client, Username));
      const passwordHash = hashNew(Password, pool.settings);
      pool.change(user, { passwordHash, confirmationCode: undefined });
    },
  ),

  ChangePassword: ofOwner(
    { PreviousPassword: v.string(), ProposedPassword: v.string() },
    (user, { PreviousPassword, ProposedPassword }, { pool }) => {
      if (!isPassword(PreviousPassword, user.passwordHash)) throw wrongPassword();
      pool.change(user, { passwordHash: hashNew(ProposedPassword, pool.settings) });
    },
  ),

  GetUser: ofOwner({}, (user) => ({
    Username: user.sub,
    UserAttributes: attributesOf(user),
    ...factorsOf(user),
  })),
};

/** @throws CognitoError where this user was not sent this code */
function requireCode(given: string, user: User | undefined): User {
  if (user !== undefined && user.confirmationCode === undefined) {
    const message = 'Invalid code provided, please request a code again.';
    throw new CognitoError('ExpiredCodeException', message);
  }
  if (user === undefined || user.confirmationCode !== given) throw wrongCode();
  return user;
}

function sendCode(source: Message['source'], user: User, { pool, deliver }: World): Answer {
  const { email } = user.attributes;
  const confirmationCode = String(randomInt(1_000_000)).padStart(6, '0');
  pool.put({ ...user, confirmationCode });
  deliver({ source, email, code: confirmationCode });
  return deliveryTo(email);
}

/** `a***@m***`, as Cognito shows where it sent a code. */
function deliveryTo(email: string): Answer {
  const Destination = email.replace(/([^@])[^@]*/g, '$1***');
  return {
    CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination },
  };
}
