import { describe, expect, it } from '@jest/globals';
import { NOW, refOf } from '../../contracts/webhooks.ts';
import { anAddress, type Behaviour, SERVER, world } from './fake-world.ts';
import { memoryStores } from './memory-stores.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const [slow, quick] = [anAddress('slow'), anAddress('quick')];

function setup(
  servers: Record<string, Behaviour | ((now: number) => Behaviour)>,
  more: { seed?: number; environments?: number; lanes?: number } = {},
) {
  const memory = memoryStores();
  memory.addEndpoint(slow);
  memory.addEndpoint(quick);
  const serve = (url: string, now: number) => {
    const server = servers[url];
    if (!server) throw new Error(`${url} was not foreseen.`);
    return typeof server === 'function' ? server(now) : server;
  };
  return { memory, ...world({ stores: memory.stores, serve, ...more }) };
}

const many = <Result>(count: number, make: (index: number) => Result) =>
  Array.from({ length: count }, (_, index) => make(index));

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

describe('a burst of events for one endpoint', () => {
  it.each([
    ['answers at once', SERVER.ok],
    ['fails at once', SERVER.broken],
    ['answers after ten seconds', { ...SERVER.ok, takes: 10 * SECOND }],
    ['hangs', SERVER.hanging],
  ])('never has more than three tries under way when it %s', async (_, server) => {
    const { clock, send, most } = setup({ [slow.url]: server }, { environments: 5, lanes: 4 });
    for (let i = 0; i < 300; i += 1) send(slow);
    await clock.runUntil(NOW + 20 * MINUTE);
    expect(most.get(slow.url)).toBe(3);
  });

  it('goes out within two minutes when each of a thousand tries takes 40 ms', async () => {
    const { clock, send, posts, memory, queue } = setup({ [slow.url]: SERVER.ok });
    for (let i = 0; i < 1000; i += 1) send(slow);
    await clock.runUntil(NOW + 2 * MINUTE);
    expect(posts).toHaveLength(1000);
    expect(memory.all().every(({ status }) => status === 'succeeded')).toBe(true);
    expect(queue.messages.size).toBe(0);
  });

  it('loses nothing when four hundred wait for a server that takes ten seconds', async () => {
    const server = { ...SERVER.ok, takes: 10 * SECOND };
    const { clock, send, posts, memory, queue } = setup({ [slow.url]: server });
    const sent = many(400, () => send(slow));
    await clock.runUntil(NOW + 90 * MINUTE);
    expect(new Set(posts.map(({ id }) => id))).toEqual(new Set(sent.map(({ id }) => id)));
    expect(memory.all().filter(({ status }) => status === 'succeeded')).toHaveLength(400);
    expect(queue.messages.size).toBe(0);
    expect(queue.seen.mostReceives).toBeLessThanOrEqual(60);
  });
});

describe('lanes', () => {
  it('keep an endpoint that hangs from ever holding both of two invocations', async () => {
    const { clock, send, posts, memory } = setup({ [slow.url]: SERVER.hanging });
    for (let i = 0; i < 200; i += 1) send(slow, NOW + i * SECOND);
    const held: number[] = [];
    const look = () => {
      held.push(memory.lanes.size);
      if (clock.now() < NOW + 10 * MINUTE) clock.at(clock.now() + 100, look);
    };
    clock.at(NOW, look);
    await clock.runUntil(NOW + 10 * MINUTE);
    expect(Math.max(...held)).toBe(1);
    // All tries that overlap began in one invocation: within the moment that one batch's line waits.
    for (const post of posts) {
      const beside = posts.filter(({ start, end }) => start < post.end && post.start < end);
      const first = Math.min(...beside.map(({ start }) => start));
      expect(beside.length).toBeLessThanOrEqual(5);
      expect(first).toBeLessThanOrEqual(post.start);
    }
    expect(posts.length).toBeGreaterThan(3);
  });

  it.each<[string, Behaviour]>([
    ['hangs', SERVER.hanging],
    ['takes 14 seconds and succeeds', { ...SERVER.ok, takes: 14 * SECOND }],
    ['is broken', SERVER.broken],
  ])(
    "leave another account's webhooks as quick beside a thousand for one that %s",
    async (_, server) => {
      const run = async (slowOnes: number) => {
        const { clock, send, posts } = setup({ [slow.url]: server, [quick.url]: SERVER.ok });
        for (let i = 0; i < slowOnes; i += 1) send(slow, NOW + 10 * i);
        const sent = many(300, (i) => ({
          ...send(quick, NOW + 5000 + 200 * i),
          at: NOW + 5000 + 200 * i,
        }));
        await clock.runUntil(NOW + 10 * MINUTE);
        return sent.map(
          ({ id, at }) => (posts.find((post) => post.id === id)?.end ?? Infinity) - at,
        );
      };
      const [alone, beside] = [await run(0), await run(1000)];
      expect(percentile(beside, 0.5)).toBeLessThanOrEqual(1.5 * percentile(alone, 0.5));
      expect(percentile(beside, 0.95)).toBeLessThanOrEqual(percentile(alone, 0.95) + 2 * SECOND);
    },
  );
});

describe('the breaker', () => {
  it('opens after three time-outs, keeps new events in the due index, and closes', async () => {
    const back = NOW + 3 * MINUTE;
    const { clock, send, posts, memory } = setup({
      [slow.url]: (now) => (now < back ? SERVER.hanging : SERVER.ok),
    });
    const first = many(3, () => send(slow));
    const second = send(slow, NOW + 16 * SECOND);
    await clock.runUntil(NOW + 17 * SECOND);
    expect(posts.map(({ id }) => id).sort()).toEqual(first.map(({ id }) => id).sort());
    expect(memory.delivery(second)).toMatchObject({ tries: 0, attempts: [] });
    expect(memory.delivery(second)?.dueAt).toBeGreaterThan(NOW + 17 * SECOND);
    await clock.runUntil(NOW + 20 * MINUTE);
    expect(memory.all().map(({ status }) => status)).toEqual(Array(4).fill('succeeded'));
    expect(memory.healthOf(refOf(slow))).toMatchObject({ last: 'succeeded' });
    expect(memory.healthOf(refOf(slow)).openUntil).toBeUndefined();
  });
});

describe('a server that wants no more', () => {
  it('gets none after its 410, and what waited for it fails', async () => {
    const { clock, send, posts, memory, queue } = setup({
      [slow.url]: (now) => (now < NOW + MINUTE ? SERVER.broken : { ...SERVER.ok, status: 410 }),
    });
    const waiting = many(5, () => send(slow));
    const gone = send(slow, NOW + MINUTE);
    const late = send(slow, NOW + 2 * MINUTE);
    await clock.runUntil(NOW + 60 * MINUTE);
    expect(posts.filter(({ status }) => status === 410).map(({ id }) => id)).toEqual([gone.id]);
    expect(posts.some(({ id }) => id === late.id)).toBe(false);
    expect(memory.endpoint(refOf(slow))?.disabled?.reason).toContain('410');
    for (const message of [...waiting, gone, late]) {
      expect(memory.delivery(message)?.status).toBe('failed');
    }
    expect(queue.messages.size).toBe(0);
  });

  it('is disabled after five days of nothing but failures, and what is pending fails', async () => {
    const { clock, send, memory, queue } = setup({ [slow.url]: SERVER.refused });
    const day = 24 * 60 * MINUTE;
    const sent = many(20, (i) => send(slow, NOW + (i * day) / 3));
    await clock.runUntil(NOW + 5 * day - MINUTE);
    expect(memory.endpoint(refOf(slow))?.disabled).toBeUndefined();
    await clock.runUntil(NOW + 9 * day);
    expect(memory.endpoint(refOf(slow))?.disabled?.reason).toContain('since 2026-11-23T12:00');
    for (const message of sent) expect(memory.delivery(message)?.status).toBe('failed');
    expect(memory.all().some(({ dueAt }) => dueAt !== undefined)).toBe(false);
    expect(queue.messages.size).toBe(0);
  });
});
