import type { SesReport } from './ses-report.ts';

/** What a fact of some kind holds: SES's words, without whom they are about and when it happened. */
type AnyWords = { readonly type: string };

/** The keys that most webhook bodies have, in their order. */
export type CommonBody = {
  readonly event: string;
  readonly emailId: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  /** ISO 8601. */
  readonly timestamp: string;
};

/** The circumstances of a simulated event. */
export type Circumstances = {
  /** The recipient. */
  readonly address: string;
  /** Everyone whom the recipient's provider would name in a complaint. */
  readonly suspects: readonly string[];
  /** When it happens: ISO 8601, and milliseconds since the accept. */
  readonly at: string;
  readonly after: number;
  /** Tells this report from others. */
  readonly feedbackId: string;
  /** SES's subtype of a bounce, if it is not the usual one. */
  readonly bounceSubType?: string;
};

/** How an event comes about that no mail server reported: for test keys, and in the local SES. */
export type Simulation = {
  /** Local part of the addresses that it happens to, before any `+`; absent for what happens to all others. */
  readonly address?: string;
  /** Milliseconds after the accept. */
  readonly after: number;
  /** When the email is delivered as well; absent if it is not. */
  readonly deliveredAfter?: number;
  /** The local SES does it; for test keys such an address is like any other. */
  readonly localOnly?: true;
  /** What SES's event says, next to its type and the email. */
  readonly says: (circumstances: Circumstances) => object;
};

/**
 * All that Maillayer knows of one kind of event. What reads events asks the list in `kinds.ts`, so that a
 * new kind is one file and one line there.
 */
export type EventKind<Words extends AnyWords> = {
  /** Its name in facts, in the timeline and in statistics. */
  readonly type: Words['type'];
  /** The events by which SES reports it, the usual one first. */
  readonly reports: readonly [SesReport<Words>, ...SesReport<Words>[]];
  /** Names of SES's words, in the order in which a stored fact holds them: only ever add to the end. */
  readonly words: readonly Exclude<Words extends unknown ? keyof Words : never, 'type'>[];
  /** Words that SES might say. */
  readonly sample: Words;
  /** What a recipient is that it was reported of. */
  readonly status: {
    readonly name: string;
    /** Of several reports about one recipient, the one of the highest rank counts. */
    readonly rank: number;
    /** One such recipient makes it the status of the whole email; otherwise all of them have to be so far. */
    readonly needsAttention: boolean;
  };
  /** Why the email failed by it; absent where it did not. */
  failure?(words: Words): { readonly code: string; readonly message: string };
  /** SES's words for people, in the timeline; absent where it says no more than the kind. */
  message?(words: Words): string | undefined;
  readonly webhook: {
    readonly event: `email.${string}`;
    /** Endpoints get it unless they choose their events. */
    readonly byDefault?: true;
    /** Absent for the common body. */
    body?(common: CommonBody, words: Words): object;
  };
  readonly simulation: Simulation;
  /** Letter of its daily counter in the table; absent where statistics do not count it. */
  readonly counter?: string;
};
