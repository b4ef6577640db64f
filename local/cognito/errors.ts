/** An error that a caller of Cognito sees, with the text that Cognito has for it. */
export class CognitoError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export const notAuthorized = (message: string) =>
  new CognitoError('NotAuthorizedException', message);

/** One answer for a user that does not exist and for a password that is wrong. */
export const wrongPassword = () => notAuthorized('Incorrect username or password.');
