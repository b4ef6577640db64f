import { describe, expect, it } from '@jest/globals';
import { createHandler, type DeliverWebhookDeps } from '../../lambdas/deliver-webhook/handler.ts';
import { NOW } from '../contracts/webhooks.ts';
import { memoryLog } from '../core/email/fakes.ts';
import { batchOf, CONTEXT } from '../core/queue/fake-batch.ts';
import { delivering, ENDPOINT, messages, REF } from '../core/webhook/fake-delivering.ts';
import { type Behaviour, eventFor, SERVER } from '../core/webhook/fake-world.ts';

function setup(behaviours: readonly Behaviour[], changes: Partial<DeliverWebhookDeps> = {}) {
  const { deps, stores, ...world } = delivering(behaviours);
  const seen = { hidden: [] as [string, number][], parked: [] as string[] };
  const { log, lines } = memoryLog();
  const { crowd, line, ...rest } = deps;
  const handler = createHandler({
    ...rest,
    lanes: stores.lanes,
    laneCount: 1,
    log,
    sleep: async () => undefined,
    hide: async (handle, milliseconds) => void seen.hidden.push([handle, milliseconds]),
    park: async (_, reason) => void seen.parked.push(reason),
    ...changes,
  });
  return { ...world, handler, seen, lines };
}

describe('a batch of the webhook queue', () => {
  it('is delivered, hidden until its retry, or moved to the dead-letter queue if it is unreadable', async () => {
    const { handler, seen, posts } = setup([SERVER.ok, SERVER.broken]);
    const odd = messages().withEvent;
    const unknown = { ...odd, event: { ...odd.event, type: 'email.opened' } };
    const batch = batchOf(messages().withEvent, 'text', messages().withEvent, unknown);
    const { batchItemFailures } = await handler(batch, CONTEXT);
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'm2' }]);
    expect(seen.hidden).toEqual([['r2', 5500]]);
    expect(seen.parked).toEqual(['unreadable_message', 'unreadable_message']);
    expect(posts).toHaveLength(2);
  });

  it('of ten for one endpoint goes out without a detour over the queue', async () => {
    const sleep = () => new Promise<never>(() => undefined);
    const { handler, seen } = setup(Array(10).fill(SERVER.ok), { sleep });
    const batch = batchOf(...Array.from({ length: 10 }, () => messages().withEvent));
    expect((await handler(batch, CONTEXT)).batchItemFailures).toEqual([]);
    expect(seen.hidden).toEqual([]);
  });

  it('holds one lane while it needs one, and gives it back', async () => {
    const calls: unknown[] = [];
    const { handler } = setup(Array(3).fill(SERVER.broken), {
      lanes: {
        async take(count, slot, now) {
          calls.push([count, slot.since, slot.until, now]);
          return 0;
        },
        giveBack: async (index, owner) => void calls.push([index, owner.length]),
      },
    });
    await handler(batchOf(...[1, 2, 3].map(() => messages().withEvent)), CONTEXT);
    expect(calls).toEqual([
      [1, NOW, NOW + 59_000 + 5000, NOW],
      [0, 24],
    ]);
  });

  it('takes no lane for an endpoint that is well, and gives none back', async () => {
    const none = () => Promise.reject(new Error('Not foreseen.'));
    const { handler, setHealth } = setup([SERVER.ok], { lanes: { take: none, giveBack: none } });
    setHealth(REF, { last: 'succeeded', slots: [] });
    expect((await handler(batchOf(messages().withEvent), CONTEXT)).batchItemFailures).toEqual([]);
  });

  it('is reported even when its lane cannot be given back', async () => {
    const lanes = { take: async () => 0, giveBack: () => Promise.reject(new Error('No table.')) };
    const { handler, lines } = setup([SERVER.ok], { lanes });
    expect((await handler(batchOf(messages().withEvent), CONTEXT)).batchItemFailures).toEqual([]);
    expect(lines.at(-1)).toMatchObject({ message: 'lane not given back' });
  });

  it('comes again soon, and later each time, after a failure of our own', async () => {
    const look = () => Promise.reject(new Error('No table.'));
    const { handler, seen, lines } = setup([], { look });
    const { batchItemFailures } = await handler(batchOf(messages().withEvent), CONTEXT);
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'm0' }]);
    expect(seen.hidden).toEqual([['r0', 20_000]]);
    expect(lines[0]).toMatchObject({ message: 'attempt failed', error: new Error('No table.') });
  });

  it('leaves no URL, body, address or answer in the log', async () => {
    const { handler, lines } = setup([SERVER.broken, SERVER.ok]);
    const secret = JSON.stringify({ to: 'ada@example.org' });
    const odd = eventFor(ENDPOINT);
    const message = { ...odd, event: { ...odd.event, body: secret } };
    await handler(batchOf(message, messages().withEvent), CONTEXT);
    const text = JSON.stringify(lines);
    expect(lines[0]?.fields).toMatchObject({ deliveryId: message.id, status: 500, durationMs: 50 });
    for (const hidden of ['ada@', 'https:', 'example.com', '"no"', 'body']) {
      expect(text).not.toContain(hidden);
    }
  });
});
