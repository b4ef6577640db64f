import {
  AssociateSoftwareTokenCommand,
  GetUserCommand,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { isCodeNow } from '../../../local/cognito/second-factor.ts';
import {
  ADA,
  addAda,
  CLIENT,
  oneTimePassword,
  PLAN,
  type Running,
  setPassword,
  signIn,
  start,
} from './harness.ts';

let running: Running;

beforeEach(async () => {
  running = await start();
  await addAda(running);
});
afterEach(() => running.stop());

async function accessToken(): Promise<string> {
  const { AuthenticationResult } = await signIn(running);
  return AuthenticationResult?.AccessToken ?? '';
}

const associate = (AccessToken: string) =>
  running.client.send(new AssociateSoftwareTokenCommand({ AccessToken }));

const verify = (AccessToken: string, UserCode: string) =>
  running.client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));

const prefer = (AccessToken: string, Enabled: boolean) =>
  running.client.send(
    new SetUserMFAPreferenceCommand({
      AccessToken,
      SoftwareTokenMfaSettings: { Enabled, PreferredMfa: Enabled },
    }),
  );

const factors = async (AccessToken: string) =>
  (await running.client.send(new GetUserCommand({ AccessToken }))).UserMFASettingList;

/** Turns it on; gives the secret. */
async function setUp(token: string): Promise<string> {
  const { SecretCode = '' } = await associate(token);
  await verify(token, oneTimePassword(SecretCode));
  await prefer(token, true);
  return SecretCode;
}

const answer = (
  ChallengeName: 'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA',
  { Session }: { readonly Session?: string | undefined },
  response: Record<string, string>,
) =>
  running.client.send(
    new RespondToAuthChallengeCommand({
      ClientId: CLIENT,
      ChallengeName,
      Session,
      ChallengeResponses: { USERNAME: ADA, ...response },
    }),
  );

describe('a second factor', () => {
  it('counts once a code of the authenticator has proven it', async () => {
    const token = await accessToken();
    await expect(prefer(token, true)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(verify(token, '000000')).rejects.toMatchObject({
      name: 'EnableSoftwareTokenMFAException',
    });
    const { SecretCode = '' } = await associate(token);
    expect(SecretCode).toMatch(/^[A-Z2-7]{32}$/);
    await expect(verify(token, 'abcdef')).rejects.toMatchObject({
      name: 'EnableSoftwareTokenMFAException',
    });
    expect(await factors(token)).toBeUndefined();
    expect(await setUp(token)).not.toBe(SecretCode);
    expect(await factors(token)).toEqual(['SOFTWARE_TOKEN_MFA']);
  });

  it('outlives a restart and a new secret that was not proven, until it is turned off', async () => {
    const token = await accessToken();
    const secret = await setUp(token);
    await associate(token);
    await running.restart();
    const challenge = await signIn(running);
    const response = { SOFTWARE_TOKEN_MFA_CODE: oneTimePassword(secret) };
    await answer('SOFTWARE_TOKEN_MFA', challenge, response);
    await prefer(token, false);
    expect(await factors(token)).toBeUndefined();
    expect(await accessToken()).not.toBe('');
  });

  it('is asked for in the sign-in, too, that asks for another password', async () => {
    const secret = await setUp(await accessToken());
    await setPassword(running, ADA, false);
    const first = await signIn(running);
    const NEW_PASSWORD = 'another one of hers';
    const second = await answer('NEW_PASSWORD_REQUIRED', first, { NEW_PASSWORD });
    expect(second.ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    const response = { SOFTWARE_TOKEN_MFA_CODE: oneTimePassword(secret) };
    const { AuthenticationResult } = await answer('SOFTWARE_TOKEN_MFA', second, response);
    expect(AuthenticationResult).toHaveProperty('AccessToken');
    await expect(answer('SOFTWARE_TOKEN_MFA', second, response)).rejects.toThrow('Invalid session');
  });

  it('is not there where the pool has none', async () => {
    running.cognito.configure({ ...PLAN, pool: { ...PLAN.pool, MfaConfiguration: 'OFF' } });
    await expect(associate(await accessToken())).rejects.toMatchObject({
      name: 'SoftwareTokenMFANotFoundException',
    });
  });
});

describe("an authenticator's code", () => {
  // RFC 6238, appendix B: the secret "12345678901234567890" in base 32, the last six digits.
  const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('is the one of RFC 6238 at %i', (second, code) => {
    jest.spyOn(Date, 'now').mockReturnValue(second * 1000);
    expect(isCodeNow(SECRET, code)).toBe(true);
    expect(isCodeNow(undefined, code)).toBe(false);
  });

  it('counts half a minute early and late, and no more', () => {
    const countsAt = (second: number) => {
      jest.spyOn(Date, 'now').mockReturnValue(second * 1000);
      return isCodeNow(SECRET, '081804');
    };
    // Its own half minute begins at 1,111,111,080.
    const seconds = [1_111_111_049, 1_111_111_050, 1_111_111_139, 1_111_111_140];
    expect(seconds.map(countsAt)).toEqual([false, true, true, false]);
  });
});
