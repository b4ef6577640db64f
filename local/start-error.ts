/** A failure that its reader can fix: the message is one clear sentence and no stack trace is shown. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The text of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
