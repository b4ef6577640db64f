import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SEED, SIZES } from '../proof/sizes.ts';
import { expectOneOutcome, MANY, type Sequence } from './event-pool.ts';
import { type EventOf, openWorld, type World } from './world.ts';

/** Sequences of one choice of events: they share the outcome that is expected. */
const OF_ONE_CHOICE = 50;

const CHOICES = Math.ceil(SIZES.events.sequences / OF_ONE_CHOICE);
const SEQUENCES = CHOICES * OF_ONE_CHOICE;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

/** All of the things in some order. */
const shuffled = <Thing>(things: readonly Thing[]) =>
  fc.shuffledSubarray([...things], { minLength: things.length });

/** The things in batches, cut at the given places. */
function cutAt<Thing>(things: readonly Thing[], places: readonly number[]): Thing[][] {
  const bounds = [0, ...places.toSorted((a, b) => a - b), things.length];
  const parts = bounds.slice(1).map((end, i) => things.slice(bounds[i], end));
  return parts.filter(({ length }) => length > 0);
}

/** Each event at least once and up to eight repetitions, one by one or several at once. */
function sequencesOf(events: readonly EventOf[]): fc.Arbitrary<Sequence> {
  return fc
    .array(fc.constantFrom(...events), { maxLength: 8 })
    .chain((repeated) => shuffled([...events, ...repeated]))
    .chain((all) =>
      fc
        .array(fc.nat({ max: all.length }), { maxLength: all.length })
        .map((places) => cutAt(all, places)),
    );
}

it(`one outcome comes of ${SEQUENCES} random sequences of four to twelve events`, async () => {
  console.log(`Seed ${SEED}; give it again as MAILLAYER_SEED.`);
  const choices = fc.sample(fc.shuffledSubarray([...MANY], { minLength: 4, maxLength: 12 }), {
    numRuns: CHOICES,
    seed: SEED,
  });
  const started = Date.now();
  let sequences = 0;
  for (const [i, events] of choices.entries()) {
    const settings = { numRuns: OF_ONE_CHOICE, seed: SEED + i };
    const sampled = fc.sample(sequencesOf(events), settings);
    await expectOneOutcome(world, events, sampled);
    sequences += sampled.length;
  }
  expect(sequences).toBe(SEQUENCES);
  console.log(`${sequences} sequences in ${Math.round((Date.now() - started) / 1000)} s.`);
});
