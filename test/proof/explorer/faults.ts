/**
 * What can befall one call. The first five are every AWS call's; the others belong to one place each.
 *
 * - `fail`: nothing is done, and the caller gets an error, after as many tries as the SDK makes.
 * - `lose`: it is done, the answer is lost once; where the SDK repeats, the repetition is answered.
 * - `loseAll`: it is done at every try of the SDK, and every answer is lost.
 * - `crashBefore`, `crashAfter`: the function is gone, before or after the call is done.
 * - `slow`: an accept's call is done a second and a half later.
 * - `freeze`: an accept stands still at the call, is cut off, and goes on three minutes later as if nothing were.
 * - `twin`, `rival`: another accept with the same idempotency key, of the same or of another body, runs first.
 * - `refuse`, `throttle`: SES cannot be reached; SES says that it is too much.
 * - `copy`, `copyLater`: the queue hands the same message out twice, at once or a minute later.
 */
export const FAULTS = [
  'fail',
  'lose',
  'loseAll',
  'crashBefore',
  'crashAfter',
  'slow',
  'freeze',
  'twin',
  'rival',
  'refuse',
  'throttle',
  'copy',
  'copyLater',
] as const;
export type FaultKind = (typeof FAULTS)[number];

/** A fault at the call of that number, from 0. */
export type Fault = { readonly call: number; readonly kind: FaultKind };

/** One call of a run, as it was numbered. */
export type Call = {
  /** The function that made it, or `queue` for what the event-source mapping does. */
  readonly by: string;
  /** `DynamoDB UpdateItem`, `SQS SendMessage`, `POST webhook`, `receive SendQueue`, … */
  readonly what: string;
  /** Tries of the SDK at most. */
  readonly tries: number;
  /** True where its environment made it right after another call, with nothing under way and no time between. */
  readonly chained: boolean;
};

/** What may befall a call. */
export function kindsFor({ by, what, tries }: Call): readonly FaultKind[] {
  if (what.startsWith('receive')) return ['copy', 'copyLater'];
  if (what.startsWith('delete')) return ['fail'];
  return [
    'fail',
    'lose',
    // With one try it is the same as `lose`.
    ...(tries > 1 ? (['loseAll'] as const) : []),
    'crashBefore',
    'crashAfter',
    ...(by === 'accept-email' ? (['slow', 'freeze', 'twin', 'rival'] as const) : []),
    ...(what === 'SES SendEmail' ? (['refuse', 'throttle'] as const) : []),
  ];
}

/** Calls that change nothing. */
const READ = /^DynamoDB (GetItem|BatchGetItem|Query)$|^KMS Decrypt$/;

/**
 * Whether a fault is another one under another name. A crash before a call is one after the call right before it. A
 * read leaves nothing behind: its lost answer is a repetition that nobody sees, all of them lost is a failure, and a
 * crash after it is one before it.
 */
export function isAlias({ what, chained }: Call, kind: FaultKind): boolean {
  if (kind === 'crashBefore') return chained;
  return READ.test(what) && ['lose', 'loseAll', 'crashAfter'].includes(kind);
}

/** True where nobody can know whether SES took the mail: at most one further copy may come of it. */
export function leavesSesUnknown({ what }: Call, kind: FaultKind): boolean {
  return what === 'SES SendEmail' && !['refuse', 'throttle'].includes(kind);
}
