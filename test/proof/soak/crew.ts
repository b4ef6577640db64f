import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../../local/seeded-random.ts';
import type { Said, SecondCopy } from './worker.ts';

/**
 * Worker processes: as many as can run at the same time, and two where there is one core. One of them is killed after each
 * pause of so many milliseconds.
 */
const WORKERS = Math.max(2, availableParallelism());
const PAUSE = { least: 500, most: 3000 };
/** Of the second copies of messages, the share that comes at the same time; the others come later, in milliseconds. */
const AT_ONCE = 0.3;
const LATER = { least: 50, most: 3000 };

/** What the crew counts; `timeouts` are workers that ended because a function ran out of its time. */
export type CrewCounts = { kills: number; twice: number; timeouts: number };

/**
 * Processes that run the queues' functions, of which one after the other is killed and replaced.
 *
 * @param mostKills after which they are left alone
 */
export function startCrew(dataDir: string, seed: number, mostKills: number) {
  const random = seededRandom(seed);
  const counts: CrewCounts = { kills: 0, twice: 0, timeouts: 0 };
  const problems: string[] = [];
  const workers: ChildProcess[] = [];
  let started = 0;
  let ended = false;
  let timer: NodeJS.Timeout | undefined;

  function start(place: number): ChildProcess {
    started += 1;
    const args = [dataDir, String(seed + started)];
    const worker = fork(join(import.meta.dirname, 'worker.ts'), args, {
      ...{ execArgv: [], env: process.env },
    });
    let timedOut = false;
    worker.on('message', (said: Said) => {
      if (said.kind === 'problem') problems.push(said.sentence);
      if (said.kind === 'timeout') timedOut = true;
      if (said.kind === 'copy') handOutAgain(said.copy, place);
    });
    worker.on('exit', (code) => {
      if (ended || workers[place] !== worker) return;
      if (timedOut) counts.timeouts += 1;
      else problems.push(`A worker ended by itself with ${code}.`);
      workers[place] = start(place);
    });
    return worker;
  }

  /** Half of them go to the worker that has the first copy in hand. */
  function handOutAgain(copy: SecondCopy, from: number): void {
    const place = random() < 0.5 ? from : Math.floor(random() * WORKERS);
    const delay = random() < AT_ONCE ? 0 : LATER.least + (LATER.most - LATER.least) * random();
    setTimeout(() => {
      const worker = workers[place];
      if (ended || !worker?.connected) return;
      counts.twice += 1;
      worker.send(copy, () => undefined);
    }, delay);
  }

  function killLater(): void {
    if (counts.kills >= mostKills) return;
    const pause = PAUSE.least + (PAUSE.most - PAUSE.least) * random();
    timer = setTimeout(() => {
      const place = Math.floor(random() * WORKERS);
      const victim = workers[place];
      workers[place] = start(place);
      victim?.kill('SIGKILL');
      counts.kills += 1;
      killLater();
    }, pause);
  }

  for (let place = 0; place < WORKERS; place += 1) workers.push(start(place));
  return {
    counts,
    /** What the workers complained of. */
    problems,
    beginKilling: killLater,
    endKilling: () => clearTimeout(timer),
    stop() {
      ended = true;
      clearTimeout(timer);
      for (const worker of workers) worker.kill('SIGKILL');
    },
  };
}
