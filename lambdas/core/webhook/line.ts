import { nameOf } from './crowd.ts';
import type { EndpointRef } from './endpoint.ts';
import { SLOTS_PER_ENDPOINT } from './health.ts';

/** How long, in milliseconds, a message waits in a line that does not move. */
const PATIENCE = 250;

/**
 * The line of one environment's messages before each endpoint: a batch of ten for an endpoint that answers
 * at once is delivered, three at a time, without a detour over the queue.
 */
export type Line = {
  /** True when it is the message's turn, which then must `leave`; false when the line does not move. */
  enter(ref: EndpointRef): Promise<boolean>;
  leave(ref: EndpointRef): void;
  /** Runs work on one endpoint one after the other. */
  inTurn<Result>(ref: EndpointRef, work: () => Promise<Result>): Promise<Result>;
};

type Queue = { inside: number; moves: number; readonly waiting: (() => void)[] };

/** Waits for a turn as long as the line moves. */
async function wait(queue: Queue, sleep: (milliseconds: number) => Promise<void>) {
  let call: () => void = () => undefined;
  const called = new Promise<true>((resolve) => {
    call = () => resolve(true);
  });
  queue.waiting.push(call);
  for (;;) {
    const { moves } = queue;
    const turn = await Promise.race([called, sleep(PATIENCE).then(() => false)]);
    if (turn) return true;
    if (queue.moves !== moves) continue;
    queue.waiting.splice(queue.waiting.indexOf(call), 1);
    return false;
  }
}

/** Work by name, each after the one before it. */
function oneByOne() {
  const last = new Map<string, Promise<unknown>>();
  return async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const before = last.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (last.get(name) === mine) last.delete(name);
    }
  };
}

/** Lines without anybody. */
export function createLine(sleep: (milliseconds: number) => Promise<void>): Line {
  const queues = new Map<string, Queue>();
  const inTurn = oneByOne();
  return {
    async enter(ref) {
      const name = nameOf(ref);
      const queue = queues.get(name) ?? { inside: 0, moves: 0, waiting: [] };
      queues.set(name, queue);
      if (queue.inside >= SLOTS_PER_ENDPOINT) return await wait(queue, sleep);
      queue.inside += 1;
      return true;
    },
    leave(ref) {
      const queue = queues.get(nameOf(ref));
      if (!queue) return;
      queue.moves += 1;
      const next = queue.waiting.shift();
      if (next) return next();
      queue.inside -= 1;
      if (queue.inside === 0) queues.delete(nameOf(ref));
    },
    inTurn: (ref, work) => inTurn(nameOf(ref), work),
  };
}
