import type { Environment } from '../value/environment.ts';
import type { Page, PageQuery } from '../value/page.ts';
import type { EndpointRef, WebhookEvent } from './endpoint.ts';

/** The state of a delivery. */
export const DELIVERY_STATUSES = ['pending', 'succeeded', 'failed'] as const;

/** One try to hand a webhook over. */
export type Attempt = {
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  readonly durationMs: number;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  /** What went wrong, for people; null after a success. */
  readonly error: string | null;
  /** First 4 KB of the answer's body; null when there was none. */
  readonly answer: string | null;
};

/** One webhook for one endpoint: what is sent, and how that went. */
export type Delivery = EndpointRef & {
  /** The `webhook-id`: `msg_`, the event's time in 9 base-36 digits, `_`, 24 hex digits. Sorts by time. */
  readonly id: string;
  readonly event: WebhookEvent;
  readonly environment: Environment;
  /** Null for a test event. */
  readonly emailId: string | null;
  /** The bytes that are signed and sent: the JSON of docs/api.md, "Events". */
  readonly body: string;
  /** When it was first to be delivered: ISO 8601. */
  readonly createdAt: string;
  readonly status: (typeof DELIVERY_STATUSES)[number];
  /** Why it ended as `failed`, for people. */
  readonly reason?: string;
  /** Attempts since its schedule began; a resend restarts it. */
  readonly tries: number;
  /** Earliest time of the next try, epoch milliseconds; while pending. */
  readonly nextAt?: number;
  /** Where the sweeper finds it, epoch milliseconds; absent while a message alone carries it. */
  readonly dueAt?: number;
  /** The latest ones, oldest first. */
  readonly attempts: readonly Attempt[];
  /** Whose write it is: 24 hex digits, new with each. */
  readonly mark: string;
};

/** A delivery's coordinates. */
export type DeliveryRef = EndpointRef & { readonly id: string };

/** Attempts that are kept; older ones are forgotten. */
export const KEPT_ATTEMPTS = 20;
/** Bytes of an answer that are kept: 4 KB, as docs/api.md says. */
export const KEPT_ANSWER = 4096;

/** Where deliveries are kept. */
export type DeliveryStore = {
  /** Consistent read. */
  find(ref: DeliveryRef): Promise<Delivery | undefined>;
  list(ref: EndpointRef, query: PageQuery): Promise<Page<Delivery>>;
  /**
   * Writes the delivery whole, where the item bears the mark `seen` (undefined: where there is none). False
   * when somebody else wrote meanwhile; true when the writer's own first try had won.
   */
  put(delivery: Delivery, seen: string | undefined): Promise<boolean>;
};
