import { expect } from '@jest/globals';
import { at } from '../core/email/ses-events.ts';
import { type EventOf, inParallel, type World } from './world.ts';

const ADA = 'ada@example.org';
const BOB = 'bob@example.org';
const EVE = 'eve@example.org';
const EMAIL = { to: [ADA, BOB], cc: [EVE] };

/** Five events of different kinds about one email. */
export const FIVE: readonly EventOf[] = [
  (ses) => ses.send(),
  (ses) => ses.delivery([ADA, BOB]),
  (ses) => ses.bounce([BOB], { subType: 'Suppressed' }),
  (ses) => ses.complaint([ADA, EVE]),
  (ses) => ses.delay([EVE]),
];

/** All kinds of events about it, several of them rivals for one suppression. */
export const MANY: readonly EventOf[] = [
  ...FIVE,
  (ses) => ses.delivery([EVE], at(3)),
  (ses) => ses.delivery([ADA], at(3.5)),
  (ses) => ses.bounce([BOB], {}, at(5)),
  (ses) => ses.bounce([BOB], { subType: 'Suppressed' }, at(6)),
  (ses) => ses.bounce([ADA], { type: 'Transient', subType: 'MailboxFull' }, at(7)),
  (ses) => ses.bounce([EVE, 'who@example.net'], {}, at(8)),
  (ses) => ses.complaint([ADA], at(61)),
  (ses) => ses.complaint([BOB], at(62)),
  (ses) => ses.delay([EVE], at(2.5)),
  (ses) => ses.reject(),
  (ses) => ses.renderingFailure(),
];

/** Batches of events, in the order in which they come. */
export type Sequence = readonly (readonly EventOf[])[];

/** Sequences that the engine works on at once, each about an account of its own. */
const WIDTH = 16;

async function outcomeOf(world: World, sequence: Sequence): Promise<string> {
  const scene = await world.open({ changes: EMAIL });
  for (const batch of sequence) expect(await scene.record(...batch)).toBe(0);
  return JSON.stringify(await scene.outcome());
}

/** Each sequence must lead to what the events lead to when each comes once, as they stand here. */
export async function expectOneOutcome(
  world: World,
  events: readonly EventOf[],
  sequences: readonly Sequence[],
): Promise<void> {
  const expected = await outcomeOf(
    world,
    events.map((event) => [event]),
  );
  await inParallel(sequences, WIDTH, async (sequence) => {
    const order = sequence.map((batch) => batch.map((event) => events.indexOf(event)));
    expect({ order, outcome: await outcomeOf(world, sequence) }).toEqual({
      order,
      outcome: expected,
    });
  });
}

/** The events in an order given by their indexes, each a batch of its own. */
export function sequenceOf(events: readonly EventOf[], order: readonly number[]): Sequence {
  return order.map((index) => events.slice(index, index + 1));
}
