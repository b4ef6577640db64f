import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Answer, Clock, Done, Request, Task } from './messages.ts';

/** Worker processes: as many as can run at the same time, and two where there is one core. Each has many requests under way. */
export const WORKERS = Math.max(2, availableParallelism());

/** Workers who do what they are given side by side. */
export type Crew = {
  /** {@link Crew.doAtOnce} with so many requests at a time as one table engine answers within the functions' time. */
  doInTurns(requests: readonly Request[]): Promise<Answer[]>;
  /** Deals requests out evenly and lets all workers begin; the answers in the order of the requests. */
  doAtOnce(requests: readonly Request[]): Promise<Answer[]>;
  /**
   * The same while one worker after the other is killed and replaced.
   *
   * @returns the answers that came, and the requests whose worker was killed over them
   */
  doAmidKills(
    batches: readonly (readonly Request[])[],
    kills: number,
  ): Promise<{ answers: Answer[]; lost: Request[] }>;
  /** Sets the clocks of all workers. @param ahead of the machine's clock, in milliseconds */
  setClock(ahead: number): void;
  stop(): void;
};

/** Requests at a time in {@link Crew.doInTurns}. */
const AT_A_TIME = 64;

let tasks = 0;

function give(worker: ChildProcess, requests: readonly Request[]): Promise<Answer[] | undefined> {
  tasks += 1;
  const id = tasks;
  return new Promise((resolve) => {
    const end = (answers: Answer[] | undefined) => {
      worker.off('message', hear);
      worker.off('exit', die);
      resolve(answers);
    };
    const hear = (done: Done) => {
      if (done.id === id) end([...done.answers]);
    };
    const die = () => end(undefined);
    worker.on('message', hear);
    worker.on('exit', die);
    worker.send({ id, requests } satisfies Task);
  });
}

/**
 * Starts the workers.
 *
 * @param environment variables by the worker's number, beyond this process's own
 */
export function startCrew(environment: (worker: number) => Record<string, string>): Crew {
  const start = (number: number) =>
    fork(join(import.meta.dirname, 'worker.ts'), {
      execArgv: [],
      env: { ...process.env, POWERTOOLS_LOG_LEVEL: 'SILENT', ...environment(number) },
    });
  const workers = Array.from({ length: WORKERS }, (_, number) => start(number));

  async function doAtOnce(requests: readonly Request[]): Promise<Answer[]> {
    const shares = workers.map((_, w) => requests.filter((__, i) => i % WORKERS === w));
    const done = await Promise.all(workers.map((worker, w) => give(worker, shares[w] ?? [])));
    const at = (i: number) => done[i % WORKERS]?.[Math.floor(i / WORKERS)];
    return requests.map((_, i) => {
      const answer = at(i);
      if (!answer) throw new Error('A worker has died.');
      return answer;
    });
  }

  return {
    doAtOnce,
    async doInTurns(requests) {
      const answers: Answer[] = [];
      for (let i = 0; i < requests.length; i += AT_A_TIME) {
        answers.push(...(await doAtOnce(requests.slice(i, i + AT_A_TIME))));
      }
      return answers;
    },
    async doAmidKills(batches, kills) {
      const answers: Answer[] = [];
      const lost: Request[] = [];
      const left = [...batches];
      const work = async (number: number) => {
        for (let batch = left.shift(); batch; batch = left.shift()) {
          const worker = workers[number];
          const done = worker && (await give(worker, batch));
          if (done) answers.push(...done);
          else lost.push(...batch);
          if (!done) workers[number] = start(number);
        }
      };
      const every = Math.max(1, Math.floor(batches.length / (kills + 1)));
      let next = batches.length - every;
      const killer = setInterval(() => {
        if (left.length === 0 || left.length > next) return;
        next -= every;
        workers[left.length % WORKERS]?.kill('SIGKILL');
      }, 1);
      await Promise.all(workers.map((_, number) => work(number)));
      clearInterval(killer);
      return { answers, lost };
    },
    setClock(ahead) {
      for (const worker of workers) worker.send({ ahead } satisfies Clock);
    },
    stop() {
      for (const worker of workers) worker.kill('SIGKILL');
    },
  };
}
