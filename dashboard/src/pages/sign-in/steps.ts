import {
  confirmResetPassword,
  confirmSignIn,
  confirmSignUp,
  resetPassword,
  type SignInOutput,
  signIn,
  signUp,
} from '@aws-amplify/auth';
import { takeUpSession } from '../../auth/session.ts';
import type { SiteConfig } from '../../config.ts';

/** What to ask the user for next. */
export type Step =
  | { readonly name: 'password'; readonly email?: string }
  | { readonly name: 'new_password' }
  | { readonly name: 'totp' }
  | { readonly name: 'forgot'; readonly email: string }
  | { readonly name: 'reset'; readonly email: string }
  | { readonly name: 'sign_up' }
  | { readonly name: 'confirm'; readonly email: string; readonly password: string };

/** What a step needs from its page. */
export type StepProps = {
  readonly config: SiteConfig;
  readonly go: (step: Step) => void;
};

type Credentials = { readonly email: string; readonly password: string };

const ANOTHER_WAY = 'This account needs a sign-in method that the dashboard does not support.';

async function follow(output: SignInOutput, who: Partial<Credentials>): Promise<Step | null> {
  switch (output.nextStep.signInStep) {
    case 'DONE':
      await takeUpSession();
      return null;
    case 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED':
      return { name: 'new_password' };
    case 'CONFIRM_SIGN_IN_WITH_TOTP_CODE':
      return { name: 'totp' };
    case 'RESET_PASSWORD':
      return { name: 'forgot', email: who.email ?? '' };
    case 'CONFIRM_SIGN_UP':
      return { name: 'confirm', email: who.email ?? '', password: who.password ?? '' };
    default:
      throw new Error(ANOTHER_WAY);
  }
}

/** Signs in; gives the next step, or null when the user is signed in. */
export async function begin(config: SiteConfig, who: Credentials): Promise<Step | null> {
  const options = { authFlowType: config.signInFlow };
  return follow(await signIn({ username: who.email, password: who.password, options }), who);
}

/** Answers what Cognito asked for: the new password, or the code of the authenticator. */
export async function answer(challengeResponse: string): Promise<Step | null> {
  return follow(await confirmSignIn({ challengeResponse }), {});
}

/** Sends an email with a code to set a new password. */
export async function forget(email: string): Promise<Step> {
  await resetPassword({ username: email });
  return { name: 'reset', email };
}

/** Sets a new password with the code from the email, and signs in with it. */
export async function reset(config: SiteConfig, who: Credentials, code: string) {
  await confirmResetPassword({
    username: who.email,
    confirmationCode: code,
    newPassword: who.password,
  });
  return begin(config, who);
}

/** Creates an account for an address and sends a code to it. */
export async function register(who: Credentials): Promise<Step> {
  const options = { userAttributes: { email: who.email } };
  await signUp({ username: who.email, password: who.password, options });
  return { name: 'confirm', ...who };
}

/** Confirms the address of a new account with the code from the email, and signs in. */
export async function confirm(config: SiteConfig, who: Credentials, code: string) {
  await confirmSignUp({ username: who.email, confirmationCode: code });
  return begin(config, who);
}
