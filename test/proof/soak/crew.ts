import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { seededRandom } from '../explorer/instruments.ts';

/** Worker processes (issue: eight), one of which is killed after each pause of so many milliseconds. */
const WORKERS = 8;
const PAUSE = { least: 500, most: 3000 };

/** What the crew counts. */
export type CrewCounts = { kills: number; twice: number };

/** Processes that run the queues' functions, of which one after the other is killed and replaced. */
export function startCrew(dataDir: string, seed: number) {
  const random = seededRandom(seed);
  const counts: CrewCounts = { kills: 0, twice: 0 };
  const problems: string[] = [];
  let ended = false;

  function start(): ChildProcess {
    const worker = fork(join(import.meta.dirname, 'worker.ts'), [dataDir], { execArgv: [] });
    worker.on('message', (said) => {
      if (said === 'twice') counts.twice += 1;
      else if (said !== 'ready') problems.push(String(said));
    });
    worker.on('exit', (code, signal) => {
      if (!ended && signal !== 'SIGKILL') problems.push(`A worker ended by itself with ${code}.`);
    });
    return worker;
  }

  const workers = Array.from({ length: WORKERS }, start);
  let timer: NodeJS.Timeout | undefined;

  function killLater(): void {
    timer = setTimeout(
      () => {
        const victim = Math.floor(random() * WORKERS);
        workers[victim]?.kill('SIGKILL');
        workers[victim] = start();
        counts.kills += 1;
        killLater();
      },
      PAUSE.least + (PAUSE.most - PAUSE.least) * random(),
    );
  }

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
