/** An error that the API answered; `message` is written for people. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** The request got no response at all. */
export class ConnectionError extends Error {
  constructor() {
    super('No response from the server. Check your connection, then try again.');
    this.name = 'ConnectionError';
  }
}

/** A readable sentence about anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error && error.message
    ? error.message
    : 'Something went wrong on this page. Reload it.';
}

/** Whether the API said that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
