const MESSAGES: Readonly<Record<string, string>> = {
  NotAuthorizedException: 'Email or password is wrong.',
  UserNotFoundException: 'Email or password is wrong.',
  UserNotConfirmedException: 'This account is not confirmed yet.',
  PasswordResetRequiredException:
    'This password has to be changed: choose "Forgot your password?".',
  CodeMismatchException: 'That code is wrong. Check it and type it again.',
  EnableSoftwareTokenMFAException: 'That code is wrong. Wait for the next one and type that.',
  ExpiredCodeException: 'That code is wrong or no longer valid. Ask for a new one.',
  LimitExceededException: 'There were too many attempts. Wait a few minutes, then try again.',
  TooManyRequestsException: 'There were too many attempts. Wait a few minutes, then try again.',
  TooManyFailedAttemptsException:
    'There were too many attempts. Wait a few minutes, then try again.',
  UsernameExistsException: 'There is an account with this address already. Sign in instead.',
  SignInException: 'This sign-in has lapsed. Start again with your email and password.',
  NetworkError: 'No response. Check your connection, then try again.',
};

/** Cognito words these for people itself: they say which rule a password breaks. */
const SPEAKS_FOR_ITSELF = new Set([
  'InvalidPasswordException',
  'PasswordHistoryPolicyViolationException',
]);

/** A sentence for people about a failed step of signing in or of changing how one signs in. */
export function signInMessage(error: unknown): string {
  if (!(error instanceof Error)) return 'Signing in did not work. Try again.';
  const known = MESSAGES[error.name];
  if (known) return known;
  if (SPEAKS_FOR_ITSELF.has(error.name))
    return error.message.replace(/^Password does not conform to policy: /, '');
  return error.message || 'Signing in did not work. Try again.';
}
