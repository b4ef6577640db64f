/** A failure that its reader can fix: the message is one clear sentence and no stack trace is shown. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The message of whatever was thrown, also by code that has an `Error` of its own. */
export function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) {
    return String(error.message);
  }
  return String(error);
}
