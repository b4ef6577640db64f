import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SIZES } from '../proof/sizes.ts';
import { expectOneOutcome, FIVE, sequenceOf } from './event-pool.ts';
import { choicesOf, ordersWithRepeats, timesEach } from './sequences.ts';
import { openWorld, type World } from './world.ts';

const MOST_TIMES = SIZES.events.mostTimes;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

/** Orders of all choices of up to `most` events, in which each comes as often as `timesOf` says. */
async function goThrough(most: number, timesOf: (events: number) => number[][]): Promise<number> {
  let orders = 0;
  for (const events of choicesOf(FIVE.slice(-most), most)) {
    const all = timesOf(events.length).flatMap(ordersWithRepeats);
    orders += all.length;
    const sequences = all.map((order) => sequenceOf(events, order));
    await expectOneOutcome(world, events, sequences);
  }
  return orders;
}

describe('one state, one set of suppressions and one set of webhook ids come of', () => {
  it('all orders of up to five distinct events', async () => {
    expect(await goThrough(5, (events) => timesEach(events, 1))).toBe(325);
  });

  it(`all orders of up to three events, each one to ${MOST_TIMES} times`, async () => {
    const orders = await goThrough(3, (events) => timesEach(events, MOST_TIMES));
    console.log(`${orders} orders of up to three events, each one to ${MOST_TIMES} times.`);
  });
});
