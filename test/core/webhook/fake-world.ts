import { randomBytes } from 'node:crypto';
import { times, webhookSteps } from '../../../lambdas/core/contract/times.ts';
import type { WebhookDeliveryDeps } from '../../../lambdas/core/webhook/delivering.ts';
import type { DueStore } from '../../../lambdas/core/webhook/due.ts';
import type { Endpoint } from '../../../lambdas/core/webhook/endpoint.ts';
import type { LaneStore } from '../../../lambdas/core/webhook/health.ts';
import type { PostResult } from '../../../lambdas/core/webhook/ports.ts';
import { createHandler } from '../../../lambdas/deliver-webhook/handler.ts';
import { createHandler as createSweeper } from '../../../lambdas/sweep-due/handler.ts';
import { seededRandom } from '../../../local/seeded-random.ts';
import { anEndpoint, hex24, NOW } from '../../contracts/webhooks.ts';
import { memoryLog } from '../email/fakes.ts';
import { CONTEXT } from '../queue/fake-batch.ts';
import { fakeQueue } from './fake-queue.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';

/** What an endpoint's server does with a POST: how long it takes, and what comes of it. */
export type Behaviour = Omit<PostResult, 'durationMs'> & { readonly takes: number };

const nothing = { status: null, error: null, answer: null, timedOut: false } as const;

/** The usual servers. */
export const SERVER = {
  ok: { ...nothing, takes: 40, status: 200, answer: 'ok' },
  refused: { ...nothing, takes: 5, error: 'The connection was refused.' },
  broken: { ...nothing, takes: 50, status: 500, answer: 'no' },
  hanging: {
    ...nothing,
    takes: 15_000,
    error: 'The server did not answer within 15 seconds.',
    timedOut: true,
  },
} satisfies Record<string, Behaviour>;

/** A POST as the server saw it, in virtual time. */
export type Seen = {
  readonly url: string;
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly start: number;
  end: number;
  readonly status: number | null;
};

/** The stores of a world. */
export type Stores = Pick<
  WebhookDeliveryDeps,
  'look' | 'endpoints' | 'deliveries' | 'notices' | 'health'
> & {
  readonly lanes: LaneStore;
  readonly due: DueStore;
};

/** How a world differs from the usual one. */
export type WorldOptions = {
  readonly stores: Stores;
  readonly serve: (url: string, now: number) => Behaviour;
  readonly seed?: number;
  /** Invocations at once. */
  readonly environments?: number;
  readonly lanes?: number;
};

const MINUTE = 60_000;
export const TIMES = times(1);
export const STEPS = webhookSteps(1);

/** A message that says that an email was delivered; `at` makes its id. */
export function eventFor({ account, id: endpoint }: Endpoint, at = NOW) {
  const id = `msg_${at.toString(36).padStart(9, '0')}_${hex24()}`;
  const body = JSON.stringify({ event: 'email.delivered', at, nonce: hex24() });
  const event = { type: 'email.delivered', emailId: hex24(), environment: 'live', body } as const;
  return { account, endpoint, id, event };
}

/** An endpoint with a URL of its own. */
export const anAddress = (name: string) => anEndpoint({ url: `https://${name}.example.com/` });

/** Servers on a virtual clock, and what they saw. */
function servers(clock: VirtualClock, serve: WorldOptions['serve']) {
  const posts: Seen[] = [];
  const underWay = new Map<string, number>();
  const most = new Map<string, number>();
  const count = (url: string, by: number) => {
    const now = (underWay.get(url) ?? 0) + by;
    underWay.set(url, now);
    most.set(url, Math.max(most.get(url) ?? 0, now));
  };
  const egress: WebhookDeliveryDeps['egress'] = {
    async post(url, headers, body) {
      const { takes, ...result } = serve(url, clock.now());
      const start = clock.now();
      const id = headers['webhook-id'] ?? '';
      const seen = { url, id, headers, body, start, end: start, status: result.status };
      posts.push(seen);
      count(url, 1);
      await clock.sleep(takes);
      count(url, -1);
      seen.end = clock.now();
      return { ...result, durationMs: takes };
    },
  };
  return { egress, posts, most, underWay };
}

type Calls = Record<string, (...input: never[]) => Promise<unknown>>;

/** The same store; while one of its calls is under way, no virtual time passes. */
function outOfTime<Store extends object>(store: Store, clock: VirtualClock): Store {
  const calls = Object.entries(store as Calls).map(([name, call]) => [
    name,
    (...input: never[]) => clock.during(call(...input)),
  ]);
  return Object.fromEntries(calls) as Store;
}

/** The whole delivery of webhooks on a virtual clock: queue, function, sweeper each minute, servers. */
export function world({ serve, seed = 1, environments = 2, lanes = 1, ...options }: WorldOptions) {
  const clock = virtualClock(NOW);
  const { look, ...others } = options.stores;
  const stores = {
    look: outOfTime({ look }, clock).look,
    endpoints: outOfTime(others.endpoints, clock),
    deliveries: outOfTime(others.deliveries, clock),
    notices: outOfTime(others.notices, clock),
    health: outOfTime(others.health, clock),
    lanes: outOfTime(others.lanes, clock),
    due: outOfTime(others.due, clock),
  };
  const random = seededRandom(seed);
  const queue = fakeQueue();
  const { log, lines } = memoryLog();
  const net = servers(clock, serve);
  const secret = randomBytes(32);
  const deps = {
    ...stores,
    laneCount: lanes,
    vault: { open: async () => secret },
    egress: net.egress,
    count: () => undefined,
    log,
    hide: queue.hide,
    park: () => Promise.reject(new Error('Nothing is parked here.')),
    times: TIMES,
    steps: STEPS,
    now: clock.now,
    random,
    sleep: clock.sleep,
  };
  const handlers = Array.from({ length: environments }, () => createHandler(deps));
  const visibility = 6 * TIMES.webhookTimeout;
  queue.start({ clock, handlers, timeout: TIMES.webhookTimeout, visibility });
  const sweeper = createSweeper({ due: stores.due, queue, times: TIMES, now: clock.now, log });
  const sweeps = { needed: () => true };
  const eachMinute = () => {
    clock.at(clock.now() + MINUTE, eachMinute);
    if (sweeps.needed()) clock.start(() => sweeper({}, CONTEXT));
  };
  clock.at(NOW + Math.floor(MINUTE * random()), eachMinute);
  const send = (endpoint: Endpoint, at = clock.now()) => {
    const message = eventFor(endpoint, at);
    clock.at(at, () => clock.start(() => queue.send([{ message, delaySeconds: 0 }])));
    return message;
  };
  return { clock, random, queue, lines, ...net, sweeps, send, deps };
}
