import { claimsOf } from './access-token.ts';
import { notAuthorized, wrongPassword } from './errors.ts';
import type { Answer, ClientOptions, Parts, Pool, Request, Tokens, User } from './parts.ts';
import { Sessions } from './sessions.ts';

/** A request to a pool by one of its clients. */
interface Asked {
  readonly pool: Pool;
  readonly client: ClientOptions;
  readonly request: Request;
}

/** The operations by which people sign in, with what cognito-local leaves out of them. */
export function signInOperations(parts: Parts) {
  const sessions = new Sessions();
  const { context } = parts;

  async function asked(request: Request): Promise<Asked> {
    const clientId = String(request.ClientId);
    const pool = await parts.pools.getUserPoolForClientId(context, clientId);
    const client = await parts.pools.getAppClient(context, clientId);
    if (client === null) throw notAuthorized(`Client ${clientId} does not exist.`);
    return { pool, client, request };
  }

  /** A challenge gets a session of ours; tokens get what cognito-local forgets about them. */
  async function completed(answer: Answer, { pool }: Asked, user: User): Promise<Answer> {
    const { ChallengeName, AuthenticationResult } = answer;
    if (typeof ChallengeName === 'string') {
      const session = { username: user.Username, challenge: ChallengeName };
      return { ...answer, Session: sessions.open(session) };
    }
    const tokens = AuthenticationResult as Tokens;
    const now = await pool.getUserByUsername(context, user.Username);
    if (now !== null && !now.RefreshTokens.includes(tokens.RefreshToken)) {
      const RefreshTokens = [...now.RefreshTokens, tokens.RefreshToken];
      await pool.saveUser(context, { ...now, RefreshTokens });
    }
    return { ...answer, AuthenticationResult: authenticationResult(tokens) };
  }

  return {
    async InitiateAuth(request: Request): Promise<Answer> {
      const given = await asked(request);
      if (request.AuthFlow !== 'USER_PASSWORD_AUTH') {
        return parts.operation('InitiateAuth')(context, request);
      }
      const parameters = record(request.AuthParameters);
      const user = await given.pool.getUserByUsername(context, String(parameters.USERNAME));
      if (user === null || user.Password !== parameters.PASSWORD) throw wrongPassword();
      if (!user.Enabled) throw notAuthorized('User is disabled.');
      return completed(await parts.operation('InitiateAuth')(context, request), given, user);
    },

    async RespondToAuthChallenge(request: Request): Promise<Answer> {
      const given = await asked(request);
      const { USERNAME } = record(request.ChallengeResponses);
      const user = await given.pool.getUserByUsername(context, String(USERNAME));
      if (user === null) throw wrongPassword();
      const { Session, ChallengeName: challenge } = request;
      sessions.require(Session, { username: user.Username, challenge });
      const answer = await parts.operation('RespondToAuthChallenge')(context, request);
      sessions.close(Session);
      return completed(answer, given, user);
    },
  };
}

/** Tokens as Cognito hands them out, with their lifetime in seconds. */
export function authenticationResult(tokens: Tokens): Answer {
  const { exp, iat } = claimsOf(tokens.AccessToken) ?? {};
  return { ...tokens, TokenType: 'Bearer', ExpiresIn: Number(exp) - Number(iat) };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
