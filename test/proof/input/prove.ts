import type { Report, Say } from '../proof.ts';
import { SEED, SIZES } from '../sizes.ts';
import { proveHeaders } from './headers.ts';
import { proveRequests } from './requests.ts';
import { startWorld } from './world.ts';

/** Violations that are spelt out; the rest is counted. */
const MOST_TOLD = 40;

function shortened(violations: readonly string[]): string[] {
  const more = violations.length - MOST_TOLD;
  const told = violations.slice(0, MOST_TOLD);
  return more > 0 ? [...told, `There are ${more} more.`] : told;
}

/** Malformed requests to every route, and hostile text in every field that reaches a mail's header. */
export async function prove(say: Say): Promise<Report> {
  say(`seed ${SEED}`);
  const { requestsPerRoute, hostileTexts } = SIZES.input;
  const world = await startWorld();
  try {
    const requests = await proveRequests(world, requestsPerRoute, say);
    const headers = await proveHeaders(world, hostileTexts, say);
    const logged = world.errors.map((line) => `A function failed: ${line.slice(0, 1000)}`);
    return {
      figures: {
        ...requests.figures,
        ...headers.figures,
        'errors in the log': logged.length,
        'functions that ran out of time, and were asked again': world.late.length,
      },
      violations: shortened([...requests.violations, ...headers.violations, ...logged]),
    };
  } finally {
    await world.stop();
  }
}
