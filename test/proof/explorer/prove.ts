import { availableParallelism } from 'node:os';
import { synthesize } from '../../../local/synthesize.ts';
import type { Report, Say } from '../proof.ts';
import { SEED, SIZES } from '../sizes.ts';
import { type Explored, explore } from './explore.ts';
import type { Breach, Tallies } from './jobs.ts';
import { PLANTS } from './plants.ts';

/** Breaches that are told one by one. */
const TOLD = 20;

const wordsOf = ({ faults, places, violations }: Breach) =>
  `${faults.map(({ call, kind }, i) => `${kind} at ${call} (${places[i]})`).join(', ')}: ${violations.join('; ')}`;

function runsOf(tallies: Tallies): Record<string, string> {
  return Object.fromEntries(
    [...tallies].map(([kind, { runs, once, flagged, broken }]) => [
      `runs that begin with ${kind}`,
      `${runs}: ${once} once, ${flagged} twice and flagged, ${broken} broken`,
    ]),
  );
}

const totalOf = ({ tallies }: Explored) =>
  [...tallies.values()].reduce((sum, { runs }) => sum + runs, 0);

/** Whether the explorer finds what was planted; the sentence to tell if it does not. */
async function findPlants(assembly: string, workers: number, say: Say): Promise<string[]> {
  const missed: string[] = [];
  for (const { name, symptom, ...plant } of PLANTS) {
    const until = ({ violations }: Breach) => violations.some((each) => symptom.test(each));
    const opening = { assembly, seed: SEED, plant };
    const { breaches, ...explored } = await explore(opening, { workers, pairs: 0, until });
    const found = breaches.find(until);
    const after = totalOf({ breaches, ...explored });
    if (found) say(`planted ${name}: found after ${after} runs, ${wordsOf(found)}`);
    else missed.push(`The planted bug "${name}" was not found.`);
  }
  return missed;
}

/** Searches for faults that lose, double or hold up mail; see `explorer.ts` for the story that is told. */
export async function prove(say: Say): Promise<Report> {
  const { pairs } = SIZES.explorer;
  const workers = availableParallelism();
  say(`Seed ${SEED}; give it again as MAILLAYER_SEED.`);
  const assembly = await synthesize(
    { timeScale: '1' },
    { signal: new AbortController().signal, onProgress: say },
  );
  let next = 0;
  const onProgress = (done: number, of: number, runs: number) => {
    if (done < next && done < of) return;
    next = done + of / 20;
    say(`${done} of ${of} first faults, ${runs} runs`);
  };
  const explored = await explore({ assembly, seed: SEED }, { workers, pairs, onProgress });
  const missed = await findPlants(assembly, workers, say);
  const breaches = explored.breaches.slice(0, TOLD).map(wordsOf);
  return {
    figures: {
      seed: SEED,
      'calls of a run without faults': explored.calls,
      'single faults': explored.singles,
      'runs in all': totalOf(explored),
      ...runsOf(explored.tallies),
      'planted bugs found': `${PLANTS.length - missed.length} of ${PLANTS.length}`,
    },
    violations: [...breaches, ...missed],
  };
}
