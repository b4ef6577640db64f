import type { Times } from '../contract/times.ts';
import type { NoticeStore } from '../notice/notice.ts';
import type { Crowd } from './crowd.ts';
import type { Delivery, DeliveryRef, DeliveryStore } from './delivery.ts';
import type { Endpoint, EndpointStore } from './endpoint.ts';
import type { Health, HealthStore } from './health.ts';
import type { Line } from './line.ts';
import type { Egress, SecretVault } from './ports.ts';

/** What one look shows of a message: absent where there is none. */
export type DeliveryState = {
  readonly endpoint?: Endpoint | undefined;
  readonly health: Health;
  readonly delivery?: Delivery | undefined;
};

/** Metrics of what is not as it should be. */
export type WebhookCount = 'WebhooksFailed' | 'EndpointsDisabled';

/** What delivering webhooks touches. */
export type WebhookDeliveryDeps = {
  /** Reads all that a message is about, consistently, in one call. */
  readonly look: (ref: DeliveryRef) => Promise<DeliveryState>;
  readonly endpoints: Pick<EndpointStore, 'disable'>;
  readonly deliveries: Pick<DeliveryStore, 'put'>;
  readonly notices: Pick<NoticeStore, 'put'>;
  readonly health: HealthStore;
  readonly vault: Pick<SecretVault, 'open'>;
  readonly egress: Egress;
  readonly count: (what: WebhookCount) => void;
  readonly crowd: Crowd;
  readonly line: Line;
  readonly times: Times;
  /** Pauses after the first, second, … failed try, milliseconds. */
  readonly steps: readonly number[];
  readonly now: () => number;
  /** A random number from 0 to 1. */
  readonly random: () => number;
};

/** One invocation's view. */
export type WebhookRun = {
  /** The time left, in milliseconds. */
  readonly left: () => number;
  /** Whether the invocation may work on endpoints whose last try did not succeed. */
  readonly holdsLane: () => Promise<boolean>;
};
