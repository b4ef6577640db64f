import { delivered } from './delivered.ts';
import type { Circumstances, EventKind } from './event-kind.ts';
import { KINDS, type Words } from './kinds.ts';

/** A kind of event, as far as it can be simulated. */
export type Simulated = Pick<EventKind<Words>, 'reports' | 'simulation'>;

/** One thing that happens to a simulated recipient, so many milliseconds after the accept. */
export type SimulationStep = { readonly kind: Simulated; readonly after: number };

const BY_ADDRESS = new Map(KINDS.map((kind) => [kind.simulation.address, kind]));

/** What the local part of an address asks for, before any `+`; of any other it is the delivery. */
export function simulatedAt(local: string): Simulated {
  return BY_ADDRESS.get(local.split('+')[0]?.toLowerCase()) ?? delivered;
}

/** What happens to a recipient to whom this is simulated, in order of time. */
export function stepsOf(kind: Simulated): SimulationStep[] {
  const { after, deliveredAfter } = kind.simulation;
  const delivery = deliveredAfter === undefined ? [] : [{ kind: delivered, after: deliveredAfter }];
  return [{ kind, after }, ...delivery].sort((a, b) => a.after - b.after);
}

/** The event by which SES would report it, without the email that it is about. */
export function eventOf({ reports, simulation }: Simulated, circumstances: Circumstances): object {
  return { eventType: reports[0].eventType, ...simulation.says(circumstances) };
}
