import { KINDS, type Kind } from '../email/events/kinds.ts';
import type { Environment } from '../value/environment.ts';

/** An event that endpoints can be told of. */
export type WebhookEvent = Kind['webhook']['event'];

/** Every event that an endpoint can receive; {@link DEFAULT_EVENTS} are the default. */
export const WEBHOOK_EVENTS: readonly WebhookEvent[] = [
  ...new Set(KINDS.map(({ webhook }) => webhook.event)),
];

/** What an endpoint receives without a filter (docs/api.md, "Endpoints"). */
export const DEFAULT_EVENTS: readonly WebhookEvent[] = KINDS.filter(
  ({ webhook }) => webhook.byDefault,
).map(({ webhook }) => webhook.event);

/** A signing secret as it is kept: encrypted for its account and endpoint. */
export type StoredSecret = {
  /** KMS ciphertext in base64; the plaintext is 32 bytes. */
  readonly ciphertext: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** When it stops signing, ISO 8601; absent for the current one. */
  readonly until?: string;
};

/** Where an account wants webhooks. */
export type Endpoint = {
  /** 24 hex digits. */
  readonly id: string;
  readonly account: string;
  readonly url: string;
  readonly environment: Environment;
  readonly events: readonly WebhookEvent[];
  /** The owner's own words; absent when none were given. */
  readonly description?: string;
  /** Absent while it gets webhooks. */
  readonly disabled?: { readonly reason: string; readonly at: string };
  /** The current one first. */
  readonly secrets: readonly StoredSecret[];
  /** ISO 8601, UTC, milliseconds. */
  readonly createdAt: string;
};

/** An endpoint's coordinates. */
export type EndpointRef = { readonly account: string; readonly endpoint: string };

/** What an owner may change. */
export type EndpointChanges = Partial<Pick<Endpoint, 'url' | 'events' | 'secrets'>> & {
  readonly description?: Endpoint['description'] | undefined;
  readonly disabled?: Endpoint['disabled'] | undefined;
};

/** Where endpoints are kept. */
export type EndpointStore = {
  /** Consistent read. */
  find(ref: EndpointRef): Promise<Endpoint | undefined>;
  /** All of an account, oldest first, consistent. */
  list(account: string): Promise<Endpoint[]>;
  create(endpoint: Endpoint): Promise<void>;
  /**
   * Sets the keys of `changes`; one that is there and undefined is removed. The endpoint's health is
   * forgotten when it is enabled again. The new endpoint, or undefined when there is none.
   *
   * @param current ciphertext that its current secret must still have; otherwise the answer is undefined
   */
  update(
    ref: EndpointRef,
    changes: EndpointChanges,
    current?: string,
  ): Promise<Endpoint | undefined>;
  /** Disables an enabled endpoint. The state that then holds; undefined when there is no such endpoint. */
  disable(
    ref: EndpointRef,
    disabled: NonNullable<Endpoint['disabled']>,
  ): Promise<Endpoint['disabled'] | undefined>;
  /** False when there was none. */
  remove(ref: EndpointRef): Promise<boolean>;
};

/** Endpoints that an account may have: each event is written once for each of them. */
export const MOST_ENDPOINTS = 10;

/** Those that want to be told of an event. */
export function listeners(
  endpoints: readonly Endpoint[],
  event: WebhookEvent,
  environment: Environment,
): Endpoint[] {
  return endpoints.filter(
    (each) => !each.disabled && each.environment === environment && each.events.includes(event),
  );
}

/** That an endpoint gets no more webhooks, in words. */
export function endpointWords({ url }: Pick<Endpoint, 'url'>, reason: string): string {
  return `The webhook endpoint ${url} was disabled and receives nothing. ${reason}`;
}
