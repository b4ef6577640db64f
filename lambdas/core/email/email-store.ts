import type { Environment } from '../value/environment.ts';
import type { Page, PageQuery } from '../value/page.ts';
import type { Reason } from '../value/reason.ts';
import type { Content, Email, Fact } from './email.ts';

/** An email's coordinates; `nonce` says which accept's record is meant. */
export type EmailRef = { readonly account: string; readonly id: string; readonly nonce: string };

/** What a put found: its own write, another accept's record, or its nonce given up by a consumer. */
export type PutResult =
  | { readonly kind: 'stored' }
  | { readonly kind: 'exists'; readonly email: Email }
  | { readonly kind: 'abandoned' };

/** A claim: who, until when (epoch milliseconds), and the counters to set. */
export type Claim = {
  readonly owner: string;
  readonly leaseUntil: number;
  readonly attempt: number;
  readonly unanswered: number;
};

/** Which part of an account's mail a list shows. */
export type ListQuery = PageQuery & {
  readonly account: string;
  readonly environment: Environment;
  /** Normalised address, to see only mail to it. */
  readonly recipient?: string;
  /** ISO 8601 bounds of `createdAt`, inclusive. */
  readonly after?: string;
  readonly before?: string;
};

/** Where emails' records are kept. Each write succeeds again when it was its own that came first. */
export type EmailStore = {
  /** Consistent read. */
  find(account: string, id: string): Promise<Email | undefined>;
  /** The commit of an accept: only where no record is and the nonce was not given up. */
  put(email: Email): Promise<PutResult>;
  /** Gives an accept up that never wrote its record; false when the record is there after all. */
  abandon(ref: EmailRef, now: number): Promise<boolean>;
  /** Takes the email from the state that was read; false when it has changed since. */
  claim(email: Email, claim: Claim, now: number): Promise<boolean>;
  /** SES took it. */
  markTaken(email: Email, at: string): Promise<void>;
  /** A temporary refusal: back to `queued`, with the reason. Nothing happens once the claim is lost. */
  release(email: Email, owner: string, deferred: Reason, at: string): Promise<void>;
  /**
   * A permanent refusal. The record must be as it was read, or claimed by `owner`; an email that SES took
   * does not fail. False when it was not written.
   */
  fail(email: Email, owner: string, failure: Reason, at: string): Promise<boolean>;
  /**
   * Adds facts; repeating one changes nothing. What the record held right before this very write, so that of
   * two writers of one fact only the first finds it missing; undefined when no record bears the nonce.
   */
  addFacts(ref: EmailRef, facts: readonly Fact[]): Promise<readonly Fact[] | undefined>;
  /** Newest first. */
  list(query: ListQuery): Promise<Page<Email>>;
};

/** Where contents are kept, by email and fingerprint. */
export type ContentStore = {
  put(email: Email, content: Content): Promise<void>;
  /** Undefined once retention has removed it. */
  find(email: Email): Promise<Content | undefined>;
};

/** The index "what did this recipient get?". */
export type RecipientIndex = {
  /** Repeatable; entries whose email was never stored are left out by readers. */
  add(email: Email, addresses: readonly string[]): Promise<void>;
};
