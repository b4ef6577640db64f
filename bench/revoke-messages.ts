/** What a calling process is told: where to post, with which key, and how many requests after the revoke. */
export type CallerTask = { readonly url: string; readonly key: string; readonly after: number };
/** When the revoke had answered, epoch milliseconds. */
export type RevokedAt = { readonly revokedAt: number };
/** Requests begun before and after that, and how many of each were accepted. */
export type CallerReport = {
  readonly before: number;
  readonly acceptedBefore: number;
  readonly after: number;
  readonly acceptedAfter: number;
  /** Requests begun after it that were answered neither 202 nor 401. */
  readonly odd: number;
};

/** What it says once its first request was accepted; the report comes at its end. */
export const ACCEPTED = 'accepted';
