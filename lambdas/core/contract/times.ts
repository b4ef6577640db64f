/**
 * Every duration that the pipeline lives by, in milliseconds.
 *
 * The values come from the protocol of `docs/architecture.md` ("Delivering"). Each has a floor, so
 * that a scaled system keeps its order: an SES call ends before its function, a function before its
 * lease.
 */
export type Times = Readonly<Record<keyof typeof DURATIONS, number>>;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Name → [duration, floor when scaled]. */
const DURATIONS = {
  /** How long after it was accepted (or due, or retried) a mail may still go out. */
  sendFor: [24 * HOUR, 60 * SECOND],
  /** A claim's life, and the send queue's visibility timeout: at least 6 × `deliverTimeout`, as AWS advises. */
  lease: [10 * MINUTE, 9 * SECOND],
  /** deliver-email's function timeout. */
  deliverTimeout: [60 * SECOND, 6 * SECOND],
  /** How long one SES call may take. */
  sesTimeout: [15 * SECOND, 2 * SECOND],
  /** What must be left of the function's time beyond `sesTimeout` before a mail is claimed. */
  claimMargin: [5 * SECOND, 500],
  /** How long a mail waits inside a function for its turn; a longer wait goes back to the queue. */
  rateWait: [20 * SECOND, 2 * SECOND],
  /** record-event's function timeout. */
  recordTimeout: [30 * SECOND, 3 * SECOND],
  /**
   * The event queue's visibility timeout: at least 6 × `recordTimeout`, as AWS advises, and less than `lease`, so that
   * the event of a mail whose answer was lost is read again, where its reader died, before the mail is sent again.
   */
  recordVisibility: [3 * MINUTE, 6 * SECOND],
  /** First pause after a temporary refusal; doubles up to `retryMost`. */
  retryFirst: [5 * SECOND, SECOND],
  retryMost: [5 * MINUTE, 5 * SECOND],
  /** A closed gate hides a batch for a random time between these two. */
  gateHideLeast: [5 * MINUTE, 2 * SECOND],
  gateHideMost: [15 * MINUTE, 6 * SECOND],
  /** How long a message without a record is looked at again before its accept is abandoned. */
  recordGrace: [2 * MINUTE, 15 * SECOND],
  /** From the start of a webhook's try to its end: look-up, connection, answer. */
  webhookDeadline: [15 * SECOND, 2 * SECOND],
  /** deliver-webhook's function timeout; its queue's visibility is six times that. */
  webhookTimeout: [30 * SECOND, 6 * SECOND],
  /** Steps of a webhook's schedule up to this are the message's own visibility; longer ones are stored. */
  webhookLongestHide: [15 * MINUTE, 10 * SECOND],
  /** How long the sweeper leaves a message to be worked on before it sends another. */
  dueLease: [20 * MINUTE, 30 * SECOND],
  /** How far ahead the sweeper looks: one period of its schedule. */
  sweepAhead: [MINUTE, SECOND],
  /** An endpoint that only fails for so long is disabled. */
  webhookGiveUp: [5 * DAY, MINUTE],
  /** How long a domain waits for its DNS records; SES looks for as long. */
  domainGiveUp: [72 * HOUR, MINUTE],
  /** A pending domain is looked at again after a fifth of its age, within these two. */
  domainPauseLeast: [2 * MINUTE, SECOND],
  domainPauseMost: [4 * HOUR, 5 * SECOND],
  /** Between two looks at a domain that is or was verified. */
  domainPauseVerified: [24 * HOUR, 10 * SECOND],
  /** How long a verified domain's records must be gone from DNS before it is demoted. */
  domainLoss: [HOUR, 2 * SECOND],
} as const;

/** The time table divided by `scale` (1 in production; tests use up to 60), none below its floor. */
export function times(scale: number): Times {
  const scaled = Object.entries(DURATIONS).map(([name, [duration, floor]]) => [
    name,
    Math.max(Math.min(floor, duration), Math.round(duration / scale)),
  ]);
  return Object.fromEntries(scaled) as Times;
}

/** Pauses after a webhook's first, second, … failed attempt (docs/api.md, "Delivering"); each grows by up to 20 %. */
const WEBHOOK_STEPS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** The pauses divided by `scale`, none below a second, in milliseconds. */
export function webhookSteps(scale: number): readonly number[] {
  return WEBHOOK_STEPS.map((step) => Math.max(SECOND, Math.round(step / scale)));
}

/**
 * What is kept back of an invocation's time so that it ends well, in milliseconds. Not scaled: a call to AWS takes as long in a
 * scaled system. Each is a call's timeout or a part of one; our own choices.
 */
export const RESERVES = {
  /** For the answer, after the last call to AWS. */
  answer: SECOND,
  /** For the report about a batch of emails. */
  emailBatch: SECOND / 2,
  /** For the report about a batch of webhooks. */
  webhookBatch: SECOND,
  /** For what an attempt of a webhook writes. */
  webhookWrites: 2.5 * SECOND,
  /** How much longer a place among an endpoint's attempts is leased than its invocation lasts. */
  webhookLease: 5 * SECOND,
  /** No further page of due deliveries is begun with less. */
  sweep: 10 * SECOND,
  /** No further notice is begun with less. */
  notices: 10 * SECOND,
  /** No further domain is checked with less. */
  recheck: 15 * SECOND,
} as const;
