import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AdminGetUserCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  ADA,
  addAda,
  CLIENT,
  invite,
  PASSWORD,
  PLAN,
  POOL,
  type Running,
  setPassword,
  signIn,
  start,
} from './harness.ts';

const MINUTE = 60_000;

let running: Running;

beforeEach(async () => {
  running = await start();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await running.stop();
});

/** Sets the clock so much later. */
function pass(ms: number): void {
  const now = Date.now() + ms;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
}

async function tokens() {
  const { AuthenticationResult } = await signIn(running);
  const { AccessToken = '', IdToken = '', RefreshToken = '' } = AuthenticationResult ?? {};
  return { AccessToken, IdToken, RefreshToken };
}

const whose = (AccessToken: string) => running.client.send(new GetUserCommand({ AccessToken }));

const refresh = (RefreshToken: string) =>
  running.client.send(new GetTokensFromRefreshTokenCommand({ ClientId: CLIENT, RefreshToken }));

const plainRefresh = (REFRESH_TOKEN: string) =>
  running.client.send(
    new InitiateAuthCommand({
      ClientId: CLIENT,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN },
    }),
  );

const revoke = (Token: string) =>
  running.client.send(new RevokeTokenCommand({ ClientId: CLIENT, Token }));

const claimsOf = (token = ''): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

describe('a sign-in', () => {
  it('outlives a restart, with its tokens and the key that they are signed with', async () => {
    await addAda(running);
    const { AccessToken, RefreshToken } = await tokens();
    const keys = async () => {
      const answer = await fetch(`${running.cognito.url}/${POOL}/.well-known/jwks.json`);
      return answer.json();
    };
    const before = await keys();
    await running.restart();
    expect(await keys()).toEqual(before);
    expect((await whose(AccessToken)).Username).toBe(claimsOf(AccessToken).sub);
    expect((await refresh(RefreshToken)).AuthenticationResult).toHaveProperty('AccessToken');
  });

  it('leaves passwords as salted hashes and no refresh token in the directory', async () => {
    await addAda(running);
    const first = await invite(running, 'eve@example.com');
    await setPassword(running, 'eve@example.com');
    const { RefreshToken } = await tokens();
    const text = readFileSync(join(running.directory, 'users.json'), 'utf8');
    for (const secret of [PASSWORD, first, RefreshToken]) expect(text).not.toContain(secret);
    const users = Object.values(JSON.parse(text) as Record<string, { passwordHash: string }>);
    const hashes = users.map(({ passwordHash }) => passwordHash);
    for (const hash of hashes) expect(hash).toMatch(/^[\w-]{22}\.[\w-]{43}$/);
    // One password, two users.
    expect(new Set(hashes).size).toBe(2);
  });

  it('names itself in all of its tokens, and who it is of in the ID token', async () => {
    await addAda(running);
    const { AccessToken, IdToken, RefreshToken } = await tokens();
    const { AuthenticationResult: later } = await refresh(RefreshToken);
    const { sub, origin_jti, auth_time } = claimsOf(AccessToken);
    for (const token of [IdToken, later?.AccessToken, later?.IdToken]) {
      expect(claimsOf(token)).toMatchObject({ sub, origin_jti, auth_time });
    }
    expect(claimsOf(IdToken)).toMatchObject({
      token_use: 'id',
      aud: CLIENT,
      email: ADA,
      email_verified: true,
      'cognito:groups': ['operators'],
    });
    expect(claimsOf((await tokens()).AccessToken).origin_jti).not.toBe(origin_jti);
  });

  it('lasts for ten minutes with one access token, and for a week with refresh tokens', async () => {
    await addAda(running);
    const { AccessToken, RefreshToken } = await tokens();
    pass(10 * MINUTE);
    await expect(whose(AccessToken)).rejects.toThrow('Access Token has expired');
    pass(6 * 24 * 60 * MINUTE);
    const { AuthenticationResult: later } = await refresh(RefreshToken);
    await whose(later?.AccessToken ?? '');
    pass(24 * 60 * MINUTE);
    await expect(refresh(later?.RefreshToken ?? '')).rejects.toThrow('Refresh Token has expired');
  });

  it('takes a replaced refresh token for a minute, and not from then on', async () => {
    await addAda(running);
    const { RefreshToken } = await tokens();
    await refresh(RefreshToken);
    pass(MINUTE - 1000);
    await refresh(RefreshToken);
    pass(1000);
    await expect(refresh(RefreshToken)).rejects.toThrow('Invalid Refresh Token');
  });

  it('ends alone when its refresh token is revoked, with whatever comes from it', async () => {
    await addAda(running);
    const [ended, other] = [await tokens(), await tokens()];
    const { AuthenticationResult: later } = await refresh(ended.RefreshToken);
    await revoke(later?.RefreshToken ?? '');
    for (const token of [ended.RefreshToken, later?.RefreshToken ?? '']) {
      await expect(refresh(token)).rejects.toThrow('Invalid Refresh Token');
    }
    await expect(whose(ended.AccessToken)).rejects.toThrow('Access Token has been revoked');
    await whose(other.AccessToken);
    await refresh(other.RefreshToken);
    await revoke('nonsense');
  });

  it('ends with all others of the user who signs out everywhere', async () => {
    await addAda(running);
    const [here, there] = [await tokens(), await tokens()];
    await running.client.send(new GlobalSignOutCommand({ AccessToken: here.AccessToken }));
    for (const { AccessToken } of [here, there]) {
      await expect(whose(AccessToken)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    }
  });

  it('keeps its refresh token in the plain flow', async () => {
    await addAda(running);
    const { RefreshToken } = await tokens();
    const { AuthenticationResult: plain } = await plainRefresh(RefreshToken);
    expect(plain).toMatchObject({ TokenType: 'Bearer', ExpiresIn: 600 });
    expect(plain).not.toHaveProperty('RefreshToken');
    await refresh(RefreshToken);
    await expect(plainRefresh('nonsense')).rejects.toThrow('Invalid Refresh Token');
  });

  it('keeps its refresh token where the client rotates none, and tells who exists where it hides nobody', async () => {
    running.cognito.configure({ ...PLAN, clients: [{ ClientId: CLIENT, UserPoolId: POOL }] });
    await addAda(running);
    const { AccessToken, RefreshToken } = await tokens();
    const { exp, iat } = claimsOf(AccessToken);
    expect(Number(exp) - Number(iat)).toBe(3600);
    for (const _ of [1, 2]) {
      expect((await refresh(RefreshToken)).AuthenticationResult).not.toHaveProperty('RefreshToken');
    }
    await expect(signIn(running, PASSWORD, 'eve@example.com')).rejects.toMatchObject({
      name: 'UserNotFoundException',
    });
  });

  it('asks for the answer to a challenge for three minutes', async () => {
    const first = await invite(running);
    const { Session, ChallengeParameters } = await signIn(running, first);
    const found = new AdminGetUserCommand({ UserPoolId: POOL, Username: ADA });
    expect(ChallengeParameters?.USER_ID_FOR_SRP).toBe((await running.client.send(found)).Username);
    pass(3 * MINUTE + 1);
    const answer = new RespondToAuthChallengeCommand({
      ClientId: CLIENT,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session,
      ChallengeResponses: { USERNAME: ADA, NEW_PASSWORD: PASSWORD },
    });
    await expect(running.client.send(answer)).rejects.toThrow('Invalid session');
  });
});
