import {
  AdminCreateUserCommand,
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
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

const OTHER = 'another one of hers';

let running: Running;

beforeEach(async () => {
  running = await start({ ...PLAN, pool: { ...PLAN.pool, AdminCreateUserConfig: {} } });
});
afterEach(() => running.stop());

const signUp = (Username: string, Password = PASSWORD) =>
  running.client.send(new SignUpCommand({ ClientId: CLIENT, Username, Password }));

const confirm = (ConfirmationCode: string) =>
  running.client.send(
    new ConfirmSignUpCommand({ ClientId: CLIENT, Username: ADA, ConfirmationCode }),
  );

describe('who signs up', () => {
  it('is let in once the mailed code has proven the address', async () => {
    const { UserConfirmed, CodeDeliveryDetails } = await signUp(ADA);
    expect([UserConfirmed, CodeDeliveryDetails?.Destination]).toEqual([false, 'a***@e***']);
    const { source, email, code = '' } = running.messages.at(-1) ?? {};
    expect([source, email]).toEqual(['SignUp', ADA]);
    await expect(signIn(running)).rejects.toMatchObject({ name: 'UserNotConfirmedException' });
    await expect(confirm(`${code}0`)).rejects.toMatchObject({ name: 'CodeMismatchException' });
    await confirm(code);
    expect((await signIn(running)).AuthenticationResult).toHaveProperty('AccessToken');
    await expect(confirm(code)).rejects.toMatchObject({ name: 'ExpiredCodeException' });
  });

  it('needs an address that nobody has and a password that fits', async () => {
    await addAda(running);
    await expect(signUp(ADA)).rejects.toMatchObject({ name: 'UsernameExistsException' });
    await expect(signUp('eve')).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(signUp('eve@example.com', 'short')).rejects.toMatchObject({
      name: 'InvalidPasswordException',
    });
  });
});

describe('a password', () => {
  const change = async (PreviousPassword: string, ProposedPassword: string) => {
    const { AuthenticationResult } = await signIn(running);
    const { AccessToken } = AuthenticationResult ?? {};
    return running.client.send(
      new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword }),
    );
  };

  it('is changed by who knows it, to one that fits', async () => {
    await addAda(running);
    await expect(change('wrong', OTHER)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(change(PASSWORD, 'short')).rejects.toMatchObject({
      name: 'InvalidPasswordException',
    });
    await change(PASSWORD, OTHER);
    await expect(signIn(running)).rejects.toThrow('Incorrect username');
    await signIn(running, OTHER);
  });

  it('is not reset by a code that nobody sent, nor before an invitation was taken', async () => {
    const user = { ClientId: CLIENT, Username: ADA };
    const forget = () => running.client.send(new ForgotPasswordCommand(user));
    await invite(running);
    await expect(forget()).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    const reset = { ...user, ConfirmationCode: '000000', Password: OTHER };
    await expect(
      running.client.send(new ConfirmForgotPasswordCommand(reset)),
    ).rejects.toMatchObject({ name: 'ExpiredCodeException' });
  });

  it('is not reset through an address that nobody has proven', async () => {
    const user = { UserPoolId: POOL, Username: ADA };
    await running.client.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS' }));
    expect(running.messages).toEqual([]);
    await setPassword(running);
    await signIn(running);
    const forget = new ForgotPasswordCommand({ ClientId: CLIENT, Username: ADA });
    await expect(running.client.send(forget)).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('an invitation', () => {
  const resend = () =>
    running.client.send(
      new AdminCreateUserCommand({ UserPoolId: POOL, Username: ADA, MessageAction: 'RESEND' }),
    );

  it('that is sent again has another first password, until she has one of her own', async () => {
    const first = await invite(running);
    await resend();
    const second = running.messages.at(-1)?.code ?? '';
    await expect(signIn(running, first)).rejects.toThrow('Incorrect username');
    expect((await signIn(running, second)).ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    await setPassword(running);
    await expect(resend()).rejects.toMatchObject({ name: 'UnsupportedUserStateException' });
  });
});
