import type { WebhookMessage } from '../contract/messages.ts';
import type { Attempt } from './delivery.ts';
import type { EndpointRef } from './endpoint.ts';

/** What a POST to an endpoint came to. */
export type PostResult = Pick<Attempt, 'durationMs' | 'status' | 'error' | 'answer'> & {
  /** True when the time was over before the answer was there. */
  readonly timedOut: boolean;
  /** The answer's `Retry-After` as a time, epoch milliseconds; absent without one. */
  readonly retryAt?: number;
};

/** Says which URLs may be used; see `docs/security.md`, "Webhooks". */
export type UrlCheck = {
  /**
   * Why the URL may not be used, as a sentence part that follows "The 'url' field"; undefined when it may.
   * Resolves the name; one that cannot be resolved just now is not refused.
   */
  objectionTo(url: string): Promise<string | undefined>;
};

/** The way out to customers' servers, which holds each URL against the same rules again. */
export type Egress = {
  /** One POST, never redirected, over a connection of its own. A refused address is a result with `error`. */
  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<PostResult>;
};

/** Encrypts and decrypts signing secrets, bound to their account and endpoint. */
export type SecretVault = {
  /** @returns ciphertext in base64 */
  seal(ref: EndpointRef, secret: Uint8Array): Promise<string>;
  open(ref: EndpointRef, ciphertext: string): Promise<Uint8Array>;
};

/** The webhook queue. */
export type WebhookQueue = {
  /** Puts messages, each visible after its `delaySeconds` (0 to 900). Throws unless all were taken. */
  send(messages: readonly { message: WebhookMessage; delaySeconds: number }[]): Promise<void>;
};
