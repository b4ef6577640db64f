const MESSAGES: Readonly<Record<string, string>> = {
  NotAuthorizedException: 'Incorrect email or password.',
  UserNotFoundException: 'Incorrect email or password.',
  UserNotConfirmedException: 'This account is not confirmed yet.',
  PasswordResetRequiredException:
    'You have to change this password. Choose "Forgot your password?".',
  CodeMismatchException: 'That code is wrong. Check it, then enter it again.',
  EnableSoftwareTokenMFAException: 'That code is wrong. Wait for the next one, then enter that.',
  ExpiredCodeException: 'That code is wrong or has expired. Ask for a new one.',
  LimitExceededException: 'Too many attempts. Wait a few minutes, then try again.',
  TooManyRequestsException: 'Too many attempts. Wait a few minutes, then try again.',
  TooManyFailedAttemptsException: 'Too many attempts. Wait a few minutes, then try again.',
  UsernameExistsException: 'An account with this address already exists. Sign in instead.',
  SignInException: 'This sign-in has expired. Start again with your email and password.',
  NetworkError: 'No response from the server. Check your connection, then try again.',
};

/** Cognito's own text is readable for these: it says which rule a password breaks. */
const SPEAKS_FOR_ITSELF = new Set([
  'InvalidPasswordException',
  'PasswordHistoryPolicyViolationException',
]);

/** A readable sentence about a failed step of signing in, or of changing how to sign in. */
export function signInMessage(error: unknown): string {
  if (!(error instanceof Error)) return 'Something went wrong. Try again.';
  const known = MESSAGES[error.name];
  if (known) return known;
  if (SPEAKS_FOR_ITSELF.has(error.name))
    return error.message.replace(/^Password does not conform to policy: /, '');
  return error.message || 'Something went wrong. Try again.';
}
