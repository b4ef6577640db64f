import type { Report, Say } from '../proof.ts';
import { SEED, SIZES } from '../sizes.ts';
import { proveRequests } from './requests.ts';
import { startWorld } from './world.ts';

/** Malformed requests to every route, and hostile text in every field that reaches a mail's header. */
export async function prove(say: Say): Promise<Report> {
  say(`seed ${SEED}`);
  const world = await startWorld();
  try {
    const requests = await proveRequests(world, SIZES.input, say);
    return {
      figures: { ...requests.figures },
      violations: [...requests.violations],
    };
  } finally {
    await world.stop();
  }
}
