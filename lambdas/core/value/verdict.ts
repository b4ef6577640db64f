/** What to do with a message: it is done, or it is to be delivered again after so many milliseconds. */
export type Verdict = (
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly after: number }
) & {
  /** What happened, for the log. */
  readonly note: string;
  /** What else to log. */
  readonly fields?: Readonly<Record<string, unknown>>;
};

/** The message has done its work. */
export const done = (note: string): Verdict => ({ kind: 'done', note });

/** The message is to be delivered again after so many milliseconds. */
export const retry = (after: number, note: string): Verdict => ({ kind: 'retry', after, note });

/**
 * The pause after a failed attempt, in milliseconds: `retryFirst` after the first, twice as long after each further one, at
 * most `retryMost`.
 */
export function backOff(
  attempt: number,
  { retryFirst, retryMost }: { readonly retryFirst: number; readonly retryMost: number },
): number {
  return Math.min(retryMost, retryFirst * 2 ** Math.min(attempt - 1, 20));
}
