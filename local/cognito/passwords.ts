import * as v from 'valibot';
import { CognitoError } from './errors.ts';
import type { PoolOptions, Request } from './parts.ts';

const optionsSchema = v.object({
  Policies: v.optional(
    v.object({
      PasswordPolicy: v.optional(
        v.object({
          // Cognito's own defaults.
          MinimumLength: v.optional(v.number(), 8),
          RequireLowercase: v.optional(v.boolean(), true),
          RequireNumbers: v.optional(v.boolean(), true),
          RequireSymbols: v.optional(v.boolean(), true),
          RequireUppercase: v.optional(v.boolean(), true),
        }),
        {},
      ),
    }),
    { PasswordPolicy: {} },
  ),
});

/** The password that a request wants to set, if it wants to. */
export function newPasswordIn(name: string, request: Request): string | undefined {
  const responses = request.ChallengeResponses as Readonly<Record<string, unknown>> | undefined;
  const found = {
    AdminCreateUser: request.TemporaryPassword,
    AdminSetUserPassword: request.Password,
    ChangePassword: request.ProposedPassword,
    ConfirmForgotPassword: request.Password,
    RespondToAuthChallenge: responses?.NEW_PASSWORD,
    SignUp: request.Password,
  }[name];
  return typeof found === 'string' ? found : undefined;
}

/**
 * Holds a new password against its pool's policy, which cognito-local does not.
 *
 * @throws CognitoError `InvalidPasswordException`
 */
export function requireGoodPassword(password: string, options: PoolOptions): void {
  const { Policies } = v.parse(optionsSchema, options);
  const policy = Policies.PasswordPolicy;
  const problem = [
    password.length < policy.MinimumLength && 'Password not long enough',
    policy.RequireLowercase && !/[a-z]/.test(password) && 'Password must have lowercase characters',
    policy.RequireUppercase && !/[A-Z]/.test(password) && 'Password must have uppercase characters',
    policy.RequireNumbers && !/\d/.test(password) && 'Password must have numeric characters',
    policy.RequireSymbols &&
      !/[^A-Za-z0-9]/.test(password) &&
      'Password must have symbol characters',
  ].find((it) => it !== false);
  if (problem === undefined) return;
  throw new CognitoError(
    'InvalidPasswordException',
    `Password did not conform with policy: ${problem}`,
  );
}
