/** A refusal as Cognito words it: the name goes out as `__type`, beside the message. */
export class CognitoError extends Error {
  override readonly name = 'CognitoError';
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export const notAuthorized = (message: string) =>
  new CognitoError('NotAuthorizedException', message);

/** One answer for a user that does not exist and for a password that is wrong. */
export const wrongPassword = () => notAuthorized('Incorrect username or password.');

export const wrongCode = () =>
  new CognitoError(
    'CodeMismatchException',
    'Invalid verification code provided, please try again.',
  );

export const invalidParameter = (message: string) =>
  new CognitoError('InvalidParameterException', message);

export const notFound = (what: string) =>
  new CognitoError('ResourceNotFoundException', `${what} does not exist.`);
