import { createCrowd } from '../../../lambdas/core/webhook/crowd.ts';
import { deliverWebhook, type Received } from '../../../lambdas/core/webhook/deliver.ts';
import type { WebhookDeliveryDeps, WebhookRun } from '../../../lambdas/core/webhook/delivering.ts';
import { createLine } from '../../../lambdas/core/webhook/line.ts';
import type { EventMessage } from '../../../lambdas/core/webhook/message.ts';
import { NOW } from '../../contracts/webhooks.ts';
import { anAddress, type Behaviour, eventFor, SERVER, STEPS, TIMES } from './fake-world.ts';
import { memoryStores } from './memory-stores.ts';

/** The one endpoint that these tests are about. */
export const ENDPOINT = anAddress('hooks');
export const REF = { account: ENDPOINT.account, endpoint: ENDPOINT.id };

/** One environment around one endpoint, whose server behaves as told, try by try; time stands still. */
export function delivering(
  behaviours: readonly Behaviour[],
  changes: Partial<WebhookDeliveryDeps> = {},
) {
  const memory = memoryStores();
  memory.addEndpoint(ENDPOINT);
  const answers = [...behaviours];
  const posts: { url: string; headers: Readonly<Record<string, string>>; body: string }[] = [];
  const counts: string[] = [];
  const time = { now: NOW, looks: 0 };
  const now = () => time.now;
  const { lanes, due, look, ...stores } = memory.stores;
  const deps: WebhookDeliveryDeps = {
    ...stores,
    async look(ref) {
      time.looks += 1;
      return await look(ref);
    },
    vault: { open: async (_, ciphertext) => Buffer.from(ciphertext.padEnd(32, '.')) },
    egress: {
      async post(url, headers, body) {
        posts.push({ url, headers, body });
        const answer = answers.shift();
        if (!answer) throw new Error('This POST was not foreseen.');
        const { takes: durationMs, ...result } = answer;
        return { durationMs, ...result };
      },
    },
    count: (what) => void counts.push(what),
    crowd: createCrowd(now),
    line: createLine(async () => undefined),
    times: TIMES,
    steps: STEPS,
    now,
    random: () => 0.5,
    ...changes,
  };
  const run: WebhookRun = { left: () => TIMES.webhookTimeout, holdsLane: async () => true };
  const handle = (message: EventMessage, more: Partial<Received & WebhookRun> = {}) =>
    deliverWebhook({ message, receives: more.receives ?? 1 }, { ...run, ...more }, deps);
  return { ...memory, deps, posts, counts, time, handle };
}

/** A message about a new event, and the same without its event. */
export function messages() {
  const withEvent = eventFor(ENDPOINT);
  const { event: _, ...bare } = withEvent;
  return { withEvent, bare };
}

/** A server that answers with a status. */
export const answering = (status: number, more: Partial<Behaviour> = {}): Behaviour => ({
  ...SERVER.ok,
  status,
  ...more,
});
