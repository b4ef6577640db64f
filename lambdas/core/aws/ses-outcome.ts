import type { SendOutcome } from '../email/mail-sender.ts';

/** What the SDK and Node put on an error, as far as it is there. */
type SdkError = {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly syscall?: string;
  readonly $response?: { readonly statusCode?: number };
  readonly $metadata?: { readonly httpStatusCode?: number };
};

/** SES v2 `SendEmail`: errors that no repetition cures. */
const FOR_GOOD = new Set([
  'MessageRejected',
  'BadRequestException',
  'MailFromDomainNotVerifiedException',
]);
/** Errors about the whole AWS account. */
const ACCOUNT_WIDE = new Set(['AccountSuspendedException', 'SendingPausedException']);
const THROTTLES = new Set(['TooManyRequestsException', 'ThrottlingException']);
/** System calls before the first byte of a request. */
const BEFORE_SENDING = new Set(['connect', 'getaddrinfo']);

function scopeOf(name: string): 'email' | 'rate' | 'account' {
  if (ACCOUNT_WIDE.has(name)) return 'account';
  return THROTTLES.has(name) ? 'rate' : 'email';
}

/**
 * Which class of answer a failed `SendEmail` was. Only what is known to have sent nothing may be repeated
 * at once; a 200 counts as accepted even when its body could not be read.
 */
export function outcomeOfError(thrown: unknown): SendOutcome {
  const error = (thrown ?? {}) as SdkError;
  const name = error.name ?? 'Error';
  const status = error.$response?.statusCode ?? error.$metadata?.httpStatusCode;
  const reason = { code: name, message: error.message ?? name };
  if (status === 200) return { kind: 'accepted' };
  if (status === undefined) {
    const unsent = BEFORE_SENDING.has(error.syscall ?? '') || name === 'CredentialsProviderError';
    if (!unsent) return { kind: 'unknown', reason };
    const message = 'Amazon SES could not be reached.';
    return { kind: 'deferred', scope: 'email', reason: { code: 'no_connection', message } };
  }
  if (status < 400 || status >= 500) return { kind: 'unknown', reason };
  if (FOR_GOOD.has(name)) return { kind: 'refused', reason };
  return { kind: 'deferred', scope: scopeOf(name), reason };
}
