import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { CognitoError, notAuthorized, wrongCode, wrongPassword } from './errors.ts';
import { ofClient, ofOwner, type World } from './operation.ts';
import { hashNew, isPassword } from './passwords.ts';
import { isCodeNow } from './second-factor.ts';
import type { ClientSettings } from './settings.ts';
import type { Answer } from './tokens.ts';
import type { User } from './user-pool.ts';

/** How long a challenge may be answered, in milliseconds: Cognito's default, three minutes. */
const SESSION_MS = 3 * 60 * 1000;

type Texts = Readonly<Record<string, string>>;
const texts = v.record(v.string(), v.string());

/** The operations by which people sign in, stay signed in, and sign out. */
export const signInOperations = {
  InitiateAuth: ofClient(
    { AuthFlow: v.string(), AuthParameters: texts },
    (client, { AuthFlow, AuthParameters: given }, world) => {
      if (AuthFlow === 'REFRESH_TOKEN_AUTH' || AuthFlow === 'REFRESH_TOKEN') {
        const { REFRESH_TOKEN = '' } = given;
        return { AuthenticationResult: world.tokens.refresh(client, REFRESH_TOKEN, false) };
      }
      if (AuthFlow !== 'USER_PASSWORD_AUTH') throw new Error(`sign in by ${AuthFlow}`);
      return proceed(client, userWithPassword(client, given, world), world);
    },
  ),

  RespondToAuthChallenge: ofClient(
    { ChallengeName: v.string(), Session: v.optional(v.string(), ''), ChallengeResponses: texts },
    (client, { ChallengeName, Session: id, ChallengeResponses: given }, world) => {
      const { pool, tokens, sessions } = world;
      const user = pool.find(given.USERNAME ?? '');
      const { sub, challenge, until = 0 } = sessions.get(id) ?? {};
      const fits = challenge === ChallengeName && until >= Date.now();
      if (user === undefined || user.sub !== sub || !fits) {
        throw notAuthorized('Invalid session for the user.');
      }
      if (challenge === 'SOFTWARE_TOKEN_MFA') {
        // The session stays: who has typed a wrong code may try again.
        if (!isCodeNow(user.secret, given.SOFTWARE_TOKEN_MFA_CODE)) throw wrongCode();
        sessions.delete(id);
        return { AuthenticationResult: tokens.begin(client, user) };
      }
      const passwordHash = hashNew(given.NEW_PASSWORD ?? '', pool.settings);
      sessions.delete(id);
      return proceed(client, pool.change(user, { passwordHash, status: 'CONFIRMED' }), world);
    },
  ),

  GetTokensFromRefreshToken: ofClient(
    { RefreshToken: v.string() },
    (client, { RefreshToken }, { tokens }) => {
      const rotates = client.RefreshTokenRotation?.Feature === 'ENABLED';
      return { AuthenticationResult: tokens.refresh(client, RefreshToken, rotates) };
    },
  ),

  RevokeToken: ofClient({ Token: v.string() }, (client, { Token }, { tokens }) => {
    tokens.revoke(client, Token);
  }),

  GlobalSignOut: ofOwner({}, (user, _, { pool }) => {
    pool.put({ ...user, refreshTokens: [] });
  }),
};

function userWithPassword(client: ClientSettings, given: Texts, { pool }: World): User {
  const user = pool.findFor(client, given.USERNAME ?? '');
  if (user === undefined || !isPassword(given.PASSWORD ?? '', user.passwordHash)) {
    throw wrongPassword();
  }
  if (user.status === 'UNCONFIRMED') {
    throw new CognitoError('UserNotConfirmedException', 'User is not confirmed.');
  }
  return user;
}

/** What comes once the password was right: the next challenge, or the tokens. */
function proceed(client: ClientSettings, user: User, { pool, tokens, sessions }: World): Answer {
  const isAskedForCode = user.secondFactor && pool.settings.MfaConfiguration === 'OPTIONAL';
  const isInvited = user.status === 'FORCE_CHANGE_PASSWORD';
  if (!isInvited && !isAskedForCode) return { AuthenticationResult: tokens.begin(client, user) };
  const challenge = isInvited ? 'NEW_PASSWORD_REQUIRED' : 'SOFTWARE_TOKEN_MFA';
  const { sub, attributes } = user;
  const Session = randomUUID();
  sessions.set(Session, { sub, challenge, until: Date.now() + SESSION_MS });
  const ChallengeParameters = {
    USER_ID_FOR_SRP: sub,
    ...(isInvited && { requiredAttributes: '[]', userAttributes: JSON.stringify(attributes) }),
  };
  return { ChallengeName: challenge, Session, ChallengeParameters };
}
