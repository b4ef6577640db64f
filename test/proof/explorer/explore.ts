import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import type { Fault } from './faults.ts';
import {
  add,
  type Breach,
  type Job,
  noRuns,
  type Opening,
  type Said,
  type Tallies,
} from './jobs.ts';

/** How far to go. */
export type Extent = {
  /** Worker processes. */
  readonly workers: number;
  /** Share of all pairs, 0 to 1. */
  readonly pairs: number;
  /** Ends the search once such a breach is found. @default it goes to the end */
  readonly until?: (breach: Breach) => boolean;
  /** Told after each job. */
  readonly onProgress?: (done: number, of: number, runs: number) => void;
};

/** What a search came to. */
export type Explored = {
  /** Calls of a run without faults, and the faults that may befall them. */
  readonly calls: number;
  readonly singles: number;
  readonly tallies: Tallies;
  readonly breaches: readonly Breach[];
};

/** The next thing that a worker says. */
function heard(worker: ChildProcess): Promise<Said> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null) => reject(new Error(`A worker ended with ${code}.`));
    worker.once('exit', fail);
    worker.once('message', (said: Said) => {
      worker.off('exit', fail);
      if (said.type === 'lost') reject(new Error(said.reason));
      else resolve(said);
    });
  });
}

/** A third of a normal process's share where cores are scarce: lower priorities get next to nothing on a busy machine. */
const NICENESS = 5;

async function openWorker(opening: Opening) {
  const worker = fork(join(import.meta.dirname, 'worker.ts'), { execArgv: [] });
  // Its time is virtual: what runs beside it and lives by the clock goes first.
  if (worker.pid !== undefined) setPriority(worker.pid, NICENESS);
  worker.send(opening);
  const said = await heard(worker);
  if (said.type !== 'open') throw new Error('A worker did not open.');
  return { worker, ...said };
}

/** Searches all single faults and a share of all ordered pairs of them, by several processes side by side. */
export async function explore(opening: Opening, extent: Extent): Promise<Explored> {
  const workers = await Promise.all(
    Array.from({ length: extent.workers }, () => openWorker(opening)),
  );
  const [{ calls, singles } = { calls: 0, singles: [] }] = workers;
  const tallies: Tallies = new Map();
  const breaches: Breach[] = [];
  const left: Fault[] = [...singles];
  let done = 0;
  let runs = 0;

  async function keepBusy(worker: ChildProcess): Promise<void> {
    for (let single = left.shift(); single; single = left.shift()) {
      worker.send({ single, pairs: extent.pairs } satisfies Job);
      const said = await heard(worker);
      if (said.type !== 'done') throw new Error('A worker did not do its job.');
      const tally = tallies.get(single.kind) ?? noRuns();
      tallies.set(single.kind, tally);
      add(tally, said.tally);
      breaches.push(...said.breaches);
      done += 1;
      runs += said.tally.runs;
      extent.onProgress?.(done, singles.length, runs);
      if (extent.until && said.breaches.some(extent.until)) left.length = 0;
    }
  }

  try {
    await Promise.all(workers.map(({ worker }) => keepBusy(worker)));
  } finally {
    for (const { worker } of workers) worker.kill('SIGKILL');
  }
  return { calls, singles: singles.length, tallies, breaches };
}
