import { describe, expect, it } from '@jest/globals';
import { createCrowd } from '../../../lambdas/core/webhook/crowd.ts';
import { createLine } from '../../../lambdas/core/webhook/line.ts';
import { aRef, NOW } from '../../contracts/webhooks.ts';
import { virtualClock } from './virtual-clock.ts';

const ref = aRef();

function setup() {
  const clock = virtualClock(NOW);
  const line = createLine(clock.sleep);
  const events: string[] = [];
  const enter = (name: string, holds?: number) =>
    clock.start(async () => {
      const entered = await line.enter(ref);
      events.push(`${name} ${entered ? 'in' : 'out'} ${clock.now() - NOW}`);
      if (!entered || holds === undefined) return;
      await clock.sleep(holds);
      line.leave(ref);
    });
  return { clock, line, events, enter };
}

describe('a line', () => {
  it('lets three in, and the next ones one by one as they leave', async () => {
    const { clock, enter, events } = setup();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) enter(name, 200);
    await clock.runUntil(NOW + 5000);
    const entered = ['a in 0', 'b in 0', 'c in 0', 'd in 200', 'e in 200', 'f in 200', 'g in 400'];
    expect(events).toEqual(entered);
  });

  it('is left when it does not move for a quarter of a second', async () => {
    const { clock, enter, events, line } = setup();
    for (const name of ['a', 'b', 'c']) enter(name);
    enter('d');
    await clock.runUntil(NOW + 1000);
    expect(events.slice(3)).toEqual(['d out 250']);
    line.leave(ref);
    enter('e');
    enter('f');
    await clock.runUntil(NOW + 5000);
    expect(events.slice(4)).toEqual(['e in 1000', 'f out 1250']);
  });

  it('is nobody else’s', async () => {
    const { clock, enter, events, line } = setup();
    for (const name of ['a', 'b', 'c']) enter(name);
    await clock.runUntil(NOW);
    expect(events).toHaveLength(3);
    expect(await line.enter(aRef())).toBe(true);
    expect(() => line.leave(aRef())).not.toThrow();
  });

  it('runs work in turn, after a failure as well', async () => {
    const { line } = setup();
    const order: string[] = [];
    const work = (name: string) =>
      line.inTurn(ref, async () => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
        if (name === 'a') throw new Error('No.');
      });
    await Promise.allSettled([work('a'), work('b')]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });
});

describe('the memory of crowded endpoints', () => {
  it('lasts a second, or until there is room', () => {
    let now = NOW;
    const crowd = createCrowd(() => now);
    const other = aRef();
    expect(crowd.roomAt(ref)).toBeUndefined();
    crowd.note(ref, NOW + 9000);
    crowd.note(other, NOW + 1);
    now += 999;
    expect([crowd.roomAt(ref), crowd.roomAt(other)]).toEqual([NOW + 9000, NOW + 1]);
    crowd.forget(other);
    expect(crowd.roomAt(other)).toBeUndefined();
    now += 1;
    expect(crowd.roomAt(ref)).toBeUndefined();
  });
});
