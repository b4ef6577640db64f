/** A process that explores: it opens an explorer, then does one job after the other, as its parent says. */

import { seededRandom } from '../../../local/seeded-random.ts';
import { type Explorer, openExplorer, type Run } from './explorer.ts';
import { type Fault, isAlias, kindsFor } from './faults.ts';
import { type Breach, type Job, noRuns, type Opening, type Said, type Tally } from './jobs.ts';

// The functions' log and metrics would be most of what this process does.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';
console.warn = () => undefined;

// The SDK pauses between its tries, which shows nothing here: the functions' own time is virtual.
const realTimeout = globalThis.setTimeout;
globalThis.setTimeout = ((fire: () => void) => realTimeout(fire, 0)) as typeof setTimeout;

const say = (said: Said) => void process.send?.(said);

function faultsFrom(run: Run, first: number): Fault[] {
  return run.calls
    .slice(first)
    .flatMap((each, i) => kindsFor(each).map((kind) => ({ call: first + i, kind })));
}

function breachOf(run: Run, faults: readonly Fault[]): Breach | undefined {
  // The same faults lead to the same calls, or nothing that was seen could be seen again.
  const missed = faults.length - run.met.length;
  const violations = missed > 0 ? ['a fault found no call: not repeatable'] : run.violations;
  if (violations.length === 0) return undefined;
  const places = run.met.map(({ call }) => `${run.calls[call]?.by} ${run.calls[call]?.what}`);
  return { faults, places, violations };
}

async function tryOut(
  explorer: Explorer,
  faults: readonly Fault[],
  tally: Tally,
  breaches: Breach[],
): Promise<Run> {
  const run = await explorer.run(faults);
  const breach = breachOf(run, faults);
  tally.runs += 1;
  if (breach) tally.broken += 1;
  else if (run.copies > 0) tally.flagged += 1;
  else tally.once += 1;
  if (breach) breaches.push(breach);
  return run;
}

async function work(explorer: Explorer, { single, pairs }: Job, seed: number): Promise<Said> {
  const tally = noRuns();
  const breaches: Breach[] = [];
  const run = await tryOut(explorer, [single], tally, breaches);
  const random = seededRandom(seed + single.call);
  const isNew = ({ call, kind }: Fault) => {
    const at = run.calls[call];
    return at !== undefined && !isAlias(at, kind);
  };
  for (const second of isNew(single) ? faultsFrom(run, single.call + 1).filter(isNew) : []) {
    if (random() < pairs) await tryOut(explorer, [single, second], tally, breaches);
  }
  return { type: 'done', tally, breaches };
}

let opened: Promise<{ explorer: Explorer; seed: number }>;

async function open({ assembly, seed, plant }: Opening) {
  const explorer = await openExplorer(assembly, seed, plant);
  const clean = await explorer.run([]);
  if (!plant && clean.violations.length > 0) throw new Error(clean.violations.join('; '));
  say({ type: 'open', calls: clean.calls.length, singles: faultsFrom(clean, 0) });
  return { explorer, seed };
}

process.on('message', async (message: Opening | Job) => {
  try {
    if ('assembly' in message) {
      opened = open(message);
      await opened;
    } else {
      const { explorer, seed } = await opened;
      say(await work(explorer, message, seed));
    }
  } catch (error) {
    say({ type: 'lost', reason: error instanceof Error ? String(error.stack) : String(error) });
  }
});
