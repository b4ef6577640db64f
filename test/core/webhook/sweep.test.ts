import { describe, expect, it } from '@jest/globals';
import type { WebhookMessage } from '../../../lambdas/core/contract/messages.ts';
import { type SweepDeps, sweep } from '../../../lambdas/core/webhook/sweep.ts';
import { aDelivery, NOW } from '../../contracts/webhooks.ts';
import { TIMES } from './fake-world.ts';
import { memoryStores } from './memory-stores.ts';

const MINUTE = 60_000;
const plenty = () => MINUTE;

type Sent = { message: WebhookMessage; delaySeconds: number };

function setup(offsets: readonly number[], changes: Partial<SweepDeps> = {}) {
  const memory = memoryStores();
  const deliveries = offsets.map((offset) => aDelivery(0, { dueAt: NOW + offset }));
  deliveries.forEach(memory.addDelivery);
  const sent: Sent[] = [];
  const deps: SweepDeps = {
    due: memory.stores.due,
    queue: { send: async (messages) => void sent.push(...messages) },
    times: TIMES,
    now: () => NOW,
    ...changes,
  };
  const dueTimes = () => deliveries.map((each) => (memory.delivery(each)?.dueAt ?? 0) - NOW);
  return { memory, deps, sent, deliveries, dueTimes };
}

describe('a sweep', () => {
  it('sends what is due within a minute, to come up at its time, and moves it on by a lease', async () => {
    const { deps, sent, deliveries, dueTimes } = setup([-5 * MINUTE, 1001, MINUTE, MINUTE + 1]);
    expect(await sweep(deps, plenty)).toEqual({ sent: 3, lost: 0, rest: false });
    const expected = [0, 2, 60].map((delaySeconds, index) => {
      const { account, endpoint, id } = deliveries[index] ?? aDelivery();
      return { message: { account, endpoint, id }, delaySeconds };
    });
    expect(sent).toHaveLength(3);
    expect(sent).toEqual(expect.arrayContaining(expected));
    const { dueLease } = TIMES;
    expect(dueTimes()).toEqual([dueLease, 1001 + dueLease, MINUTE + dueLease, MINUTE + 1]);
  });

  it('goes on page by page until nothing is left', async () => {
    const { deps, sent } = setup(Array.from({ length: 1000 }, (_, i) => -i));
    expect(await sweep(deps, plenty)).toEqual({ sent: 1000, lost: 0, rest: false });
    expect(new Set(sent.map(({ message }) => message.id)).size).toBe(1000);
  });

  it('stops while there is time for its answer', async () => {
    const { deps, sent } = setup([0, 0, 0]);
    expect(await sweep(deps, () => 10_000)).toEqual({ sent: 0, lost: 0, rest: true });
    expect(sent).toEqual([]);
  });

  it('moves nothing on that somebody has changed meanwhile', async () => {
    const { memory, deps, dueTimes, deliveries } = setup([0]);
    const queue = {
      async send() {
        for (const each of deliveries) memory.addDelivery({ ...each, dueAt: NOW + 7 * MINUTE });
      },
    };
    expect(await sweep({ ...deps, queue }, plenty)).toEqual({ sent: 1, lost: 1, rest: false });
    expect(dueTimes()).toEqual([7 * MINUTE]);
  });

  it('brings nothing back that has ended meanwhile', async () => {
    const { memory, deps, deliveries } = setup([0]);
    const { dueAt: _, ...rest } = deliveries[0] ?? aDelivery();
    const ended = { ...rest, status: 'failed' as const };
    const queue = { send: async () => memory.addDelivery(ended) };
    await sweep({ ...deps, queue }, plenty);
    expect(memory.all()).toEqual([ended]);
  });

  it('sends again what it sent before it died, and loses nothing', async () => {
    const { deps, sent, dueTimes } = setup([0, 0]);
    const { due } = deps;
    const dies = { ...due, postpone: () => Promise.reject(new Error('Died.')) };
    await expect(sweep({ ...deps, due: dies }, plenty)).rejects.toThrow('Died.');
    expect(dueTimes()).toEqual([0, 0]);
    await sweep(deps, plenty);
    const ids = sent.map(({ message }) => message.id);
    expect(ids.length).toBeGreaterThan(2);
    expect(new Set(ids).size).toBe(2);
  });

  it('moves nothing on that the queue did not take', async () => {
    const queue = { send: () => Promise.reject(new Error('The queue is gone.')) };
    const { deps, dueTimes } = setup([0], { queue });
    await expect(sweep(deps, plenty)).rejects.toThrow('The queue is gone.');
    expect(dueTimes()).toEqual([0]);
  });

  it('ends when the index goes on showing what was moved on', async () => {
    const { deps, sent } = setup(Array.from({ length: 800 }, () => 0));
    const { list } = deps.due;
    const pages = await Promise.all([0, 1, 2, 3].map((shard) => list(shard, NOW, 100)));
    const stale = { ...deps.due, list: async (shard: number) => pages[shard] ?? [] };
    const swept = await sweep({ ...deps, due: stale }, plenty);
    expect(swept).toEqual({ sent: sent.length, lost: 0, rest: false });
    expect(new Set(sent.map(({ message }) => message.id)).size).toBe(sent.length);
  });
});
