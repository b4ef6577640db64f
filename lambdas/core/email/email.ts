import type { Environment } from '../value/environment.ts';
import type { Reason } from '../value/reason.ts';
import type { Words } from './events/kinds.ts';
import type { SendRequest } from './send-request.ts';

/** What SES reported, once per kind, recipient, moment and words; state is derived from the set of them. */
export type Fact = Words & {
  /** Index into the email's recipients; absent where the fact is about all of them. */
  readonly recipient?: number;
  /** When it happened, by SES: ISO 8601, UTC, milliseconds. */
  readonly at: string;
};

/** An accepted email without its content. */
export type Email = Omit<SendRequest, 'html' | 'text'> & {
  /** 24 hex digits. */
  readonly id: string;
  readonly account: string;
  readonly environment: Environment;
  /** ISO 8601, UTC, milliseconds. */
  readonly createdAt: string;
  /** Equal for the same request; also names the content. */
  readonly fingerprint: string;
  /** The accept that wrote the record. */
  readonly nonce: string;
  /** Last moment at which it may still be sent, epoch milliseconds. */
  readonly sendBy: number;
  /** The deliverer's phase; what people see is derived in `status.ts`. */
  readonly phase: 'queued' | 'sending' | 'sent' | 'failed';
  /** Number of the latest claim; 0 before the first. */
  readonly attempt: number;
  /** Claims whose outcome was never learned. */
  readonly unanswered: number;
  /** Whose claim it is, and until when (epoch milliseconds); while `sending`. */
  readonly owner?: string;
  readonly leaseUntil?: number;
  /** True once SES is known to have taken the mail, by its answer or by an event. */
  readonly taken: boolean;
  /** When SES's answer came: ISO 8601. */
  readonly takenAt?: string;
  /** The latest temporary refusal, its time in ISO 8601. */
  readonly deferred?: Reason & { readonly at: string };
  readonly failure?: Reason & { readonly at: string };
  readonly facts: readonly Fact[];
};

/** HTML and text of a mail. */
export type Content = { readonly html?: string; readonly text?: string };

/** Claims without a known outcome, an open one included: who reads the record holds no claim on it. */
export function unansweredClaims(email: Email): number {
  return email.unanswered + (email.phase === 'sending' ? 1 : 0);
}

/** True when the email went out more than once as far as anyone can tell. */
export function possibleDuplicate(email: Email): boolean {
  return email.attempt > 1 && email.unanswered > 0;
}
