/** A failure that its reader can fix: the message is one sentence that says how. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
}

/** AWS's names of "we do not know these credentials" and "they have expired". */
const BAD_CREDENTIALS =
  /^(ExpiredToken|ExpiredTokenException|UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch)$/;
const ACCESS_DENIED = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation)$/;
const UNREACHABLE = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|ETIMEDOUT|TimeoutError/;

/** One sentence for whatever was thrown, without a stack trace. */
export function sentenceOf(error: unknown): string {
  if (error instanceof AdminError) return error.message;
  const { name, message, code } = detailsOf(error);
  const said = message.replace(/[\s.]+$/, '');
  if (name === 'CredentialsProviderError') {
    return 'No AWS credentials were found: run "aws configure", or set AWS_PROFILE, and try again.';
  }
  if (message === 'Region is missing') {
    return 'No AWS region is set: set AWS_REGION to the region of the stack and try again.';
  }
  if (BAD_CREDENTIALS.test(name)) {
    return `AWS does not accept your credentials (${said}): sign in again and retry.`;
  }
  if (ACCESS_DENIED.test(name)) {
    return `Your AWS credentials do not allow this (${said}): use others, or ask for the permission.`;
  }
  if (UNREACHABLE.test(`${name} ${code}`)) {
    return `The system cannot be reached (${said || code}): for a local system, run "npm start" and keep it running; for a deployed one, check your network.`;
  }
  if (name === 'ResourceNotFoundException') {
    return 'The table is missing: start the local system again, or deploy the stack again.';
  }
  return `The command failed (${name}: ${said}): try again, and report it if it fails again.`;
}

function detailsOf(error: unknown): { name: string; message: string; code: string } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: '' };
  const code = 'code' in error ? String(error.code) : '';
  return { name: error.name, message: error.message, code };
}
