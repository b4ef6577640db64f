import {
  AdminGetUserCommand,
  AssociateSoftwareTokenCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  SignUpCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { JwtVerifier } from 'aws-jwt-verify';
import {
  ADA,
  addAda,
  CLIENT,
  invite,
  oneTimePassword,
  PASSWORD,
  POOL,
  type Running,
  signIn,
  start,
} from './harness.ts';

let running: Running;

beforeEach(async () => {
  running = await start();
});
afterEach(() => running.stop());

const answer = (ChallengeName: 'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA') => {
  return (Session: string | undefined, ChallengeResponses: Record<string, string>) =>
    running.client.send(
      new RespondToAuthChallengeCommand({
        ClientId: CLIENT,
        ChallengeName,
        Session,
        ChallengeResponses: { USERNAME: ADA, ...ChallengeResponses },
      }),
    );
};

const refresh = (RefreshToken: string | undefined) =>
  running.client.send(new GetTokensFromRefreshTokenCommand({ ClientId: CLIENT, RefreshToken }));

async function tokens() {
  const { AuthenticationResult } = await signIn(running);
  return AuthenticationResult ?? {};
}

describe('the local Cognito', () => {
  it("gives ten-minute tokens with the cloud's issuer and the user's groups, signed with the published key", async () => {
    await addAda(running);
    const { AccessToken = '', ExpiresIn, TokenType } = await tokens();
    const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${POOL}`;
    const keys = await fetch(`${running.cognito.url}/${POOL}/.well-known/jwks.json`);
    const verifier = JwtVerifier.create({ issuer, audience: null, jwksUri: `${issuer}/keys` });
    verifier.cacheJwks((await keys.json()) as Parameters<typeof verifier.cacheJwks>[0]);
    const claims = await verifier.verify(AccessToken);
    expect(claims).toMatchObject({
      token_use: 'access',
      client_id: CLIENT,
      'cognito:groups': ['operators'],
    });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(600);
    expect([ExpiresIn, TokenType]).toEqual([600, 'Bearer']);
  });

  it('asks an invited user for a password of her own, once the first one was right', async () => {
    const first = await invite(running);
    await expect(signIn(running, 'not the first one')).rejects.toThrow('Incorrect username');
    const { ChallengeName, Session } = await signIn(running, first);
    expect(ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    const choose = answer('NEW_PASSWORD_REQUIRED');
    await expect(choose('made up', { NEW_PASSWORD: PASSWORD })).rejects.toThrow('Invalid session');
    await expect(choose(Session, { NEW_PASSWORD: 'short' })).rejects.toMatchObject({
      name: 'InvalidPasswordException',
      message: 'Password did not conform with policy: Password not long enough',
    });
    const { AuthenticationResult } = await choose(Session, { NEW_PASSWORD: PASSWORD });
    await refresh(AuthenticationResult?.RefreshToken);
    expect(await tokens()).toHaveProperty('AccessToken');
    await expect(choose(Session, { NEW_PASSWORD: PASSWORD })).rejects.toThrow('Invalid session');
  });

  it('gives a user the same id wherever she is invited, and does not tell cases of her address apart', async () => {
    await addAda(running);
    const found = await running.client.send(
      new AdminGetUserCommand({ UserPoolId: POOL, Username: 'ADA@Example.com' }),
    );
    expect(found.Username).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const other = await start();
    try {
      await invite(other, 'Ada@example.com');
      const again = new AdminGetUserCommand({ UserPoolId: POOL, Username: ADA });
      expect((await other.client.send(again)).Username).toBe(found.Username);
    } finally {
      await other.stop();
    }
    await expect(invite(running, 'ADA@example.com')).rejects.toMatchObject({
      name: 'UsernameExistsException',
    });
  });

  it('gives one answer to a wrong password and to an unknown user', async () => {
    await addAda(running);
    const refusals = [signIn(running, 'wrong'), signIn(running, PASSWORD, 'eve@example.com')];
    for (const refusal of refusals) {
      await expect(refusal).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Incorrect username or password.',
      });
    }
  });

  it('puts a new refresh token in the place of the old one, which counts for a moment still', async () => {
    await addAda(running);
    const { RefreshToken: first } = await tokens();
    const second = await refresh(first);
    expect(second.AuthenticationResult?.RefreshToken).not.toBe(first);
    const retried = await refresh(first);
    expect(retried.AuthenticationResult).toHaveProperty('AccessToken');
    await refresh(second.AuthenticationResult?.RefreshToken);
    await expect(refresh('nonsense')).rejects.toThrow('Invalid Refresh Token');
    // The moment is kept in memory only.
    await running.restart();
    await expect(refresh(first)).rejects.toThrow('Invalid Refresh Token');
    await refresh(retried.AuthenticationResult?.RefreshToken);
  });

  it('ends all sessions of who signs out everywhere', async () => {
    await addAda(running);
    const { AccessToken, RefreshToken } = await tokens();
    await running.client.send(new GlobalSignOutCommand({ AccessToken }));
    await expect(refresh(RefreshToken)).rejects.toThrow('Invalid Refresh Token');
  });

  it('sends who forgot her password a code, and nobody else learns whether there is such a user', async () => {
    await addAda(running);
    const forget = (Username: string) =>
      running.client.send(new ForgotPasswordCommand({ ClientId: CLIENT, Username }));
    const before = running.messages.length;
    const unknown = await forget('eve@example.com');
    expect(running.messages).toHaveLength(before);
    const known = await forget(ADA);
    expect(unknown.CodeDeliveryDetails?.Destination).toBe('e***@e***');
    expect(known.CodeDeliveryDetails?.Destination).toBe('a***@e***');
    const { email, code = '', source } = running.messages.at(-1) ?? {};
    expect([email, source]).toEqual([ADA, 'ForgotPassword']);
    const confirm = (ConfirmationCode: string, Password: string) =>
      running.client.send(
        new ConfirmForgotPasswordCommand({
          ClientId: CLIENT,
          Username: ADA,
          ConfirmationCode,
          Password,
        }),
      );
    await expect(confirm(`${code}0`, 'another one of hers')).rejects.toMatchObject({
      name: 'CodeMismatchException',
    });
    await confirm(code, 'another one of hers');
    await expect(signIn(running)).rejects.toThrow('Incorrect username');
    await signIn(running, 'another one of hers');
  });

  it('asks for a one-time password once an authenticator has been set up', async () => {
    await addAda(running);
    const { AccessToken } = await tokens();
    const associated = await running.client.send(
      new AssociateSoftwareTokenCommand({ AccessToken }),
    );
    const secret = associated.SecretCode ?? '';
    const verify = new VerifySoftwareTokenCommand({
      AccessToken,
      UserCode: oneTimePassword(secret),
    });
    expect((await running.client.send(verify)).Status).toBe('SUCCESS');
    const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
    await running.client.send(
      new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }),
    );
    const { ChallengeName, Session } = await signIn(running);
    expect(ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    const give = answer('SOFTWARE_TOKEN_MFA');
    await expect(give(Session, { SOFTWARE_TOKEN_MFA_CODE: 'abcdef' })).rejects.toMatchObject({
      name: 'CodeMismatchException',
    });
    const { AuthenticationResult } = await give(Session, {
      SOFTWARE_TOKEN_MFA_CODE: oneTimePassword(secret),
    });
    await refresh(AuthenticationResult?.RefreshToken);
  });

  it('tells who a token belongs to, and believes its own only', async () => {
    await addAda(running);
    const { AccessToken = '', IdToken } = await tokens();
    const user = (token: string | undefined) =>
      running.client.send(new GetUserCommand({ AccessToken: token }));
    expect((await user(AccessToken)).UserAttributes).toEqual(
      expect.arrayContaining([
        { Name: 'email', Value: ADA },
        { Name: 'email_verified', Value: 'true' },
      ]),
    );
    const [header, payload] = AccessToken.split('.');
    for (const forged of [`${header}.${payload}.AAAA`, IdToken, 'nonsense']) {
      await expect(user(forged)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    }
  });

  it('lets nobody sign up where the pool is for the invited only', async () => {
    const Username = 'eve@example.com';
    const command = new SignUpCommand({ ClientId: CLIENT, Username, Password: PASSWORD });
    await expect(running.client.send(command)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
  });
});
