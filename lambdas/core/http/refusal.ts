/** The closed list of `error` values in docs/api.md, each with its status. */
const STATUS = {
  'Validation failed': 400,
  Unauthorized: 401,
  'Domain not verified': 403,
  'Recipient suppressed': 403,
  'Account suspended': 403,
  'Plan limit reached': 403,
  Forbidden: 403,
  'Not found': 404,
  'Method not allowed': 405,
  Conflict: 409,
  'Too large': 413,
  'Rate limit exceeded': 429,
  'Monthly quota exceeded': 429,
  'Internal server error': 500,
} as const;

export type ErrorName = keyof typeof STATUS;

/** The HTTP status that an error value comes with. */
export function statusOfError(error: ErrorName): number {
  return STATUS[error];
}

/** An answer other than success that the caller is meant to read. */
export class Refusal extends Error {
  readonly error: ErrorName;
  readonly headers: Readonly<Record<string, string>>;

  /** @param message what is wrong and what to do, for people */
  constructor(error: ErrorName, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.error = error;
    this.headers = headers;
  }

  get status(): number {
    return statusOfError(this.error);
  }
}

/** The one answer to a key or token that is missing, malformed, unknown, revoked, expired or not for the route. */
export function unauthorized(): Refusal {
  return new Refusal(
    'Unauthorized',
    "A valid API key is required. Send it in the header 'Authorization: Bearer <key>', where the key begins with ml_live_ or ml_test_. Every route except the one that sends email also accepts a signed-in user's access token until it expires.",
    { 'www-authenticate': 'Bearer' },
  );
}
