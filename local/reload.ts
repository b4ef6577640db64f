import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { startNode } from './child-process.ts';
import type { Cleanup } from './cleanup.ts';
import { messageOf } from './start-error.ts';
import type { Workload } from './workload.ts';

/** What `bin/watch-functions.ts` prints, a line each. */
const lineSchema = v.union([
  v.object({ bundled: v.array(v.string()) }),
  v.object({ problems: v.array(v.string()) }),
]);

/** What is watched, and what is kept up to date with it. */
export interface Reloading {
  /** The directory that has `lambdas/`. */
  readonly root: string;
  readonly workload: Pick<Workload, 'find'>;
  /** Told what became of each change, in a sentence. */
  readonly say: (sentence: string) => void;
  readonly signal: AbortSignal;
  readonly cleanup: Cleanup;
}

/** Lets functions run their new code after each change of a source, until the signal. */
export async function startReloading(given: Reloading): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'maillayer-functions-'));
  given.cleanup.add(() => rm(directory, { recursive: true, force: true }));
  // What has changed while the system was starting counts, too; the clock of this process may be a slow one.
  const args = ['bin/watch-functions.ts', given.root, directory, String(performance.timeOrigin)];
  const child = startNode(args, {}, given.signal);
  // It is ended by the signal.
  child.on('error', () => undefined);
  child.stderr.on('data', (text) => given.say(String(text).trimEnd()));
  const following = follow(createInterface({ input: child.stdout }), directory, given);
  following.catch((error) => given.say(`Reloading has ended: ${messageOf(error)}`));
}

async function follow(lines: AsyncIterable<string>, directory: string, given: Reloading) {
  for await (const line of lines) {
    const round = v.parse(lineSchema, JSON.parse(line));
    if ('problems' in round) {
      for (const problem of round.problems) given.say(problem);
      given.say('The functions run on with the code from before.');
    } else {
      const reloaded = await reload(round.bundled, directory, given);
      given.say(`Reloaded ${reloaded.join(', ')}`);
    }
  }
}

/** @returns those that the template has */
async function reload(
  names: readonly string[],
  directory: string,
  { workload }: Reloading,
): Promise<string[]> {
  const found = names.filter((name) => workload.find(name) !== undefined);
  await Promise.all(
    found.map((name) => workload.find(name)?.reload(join(directory, name, 'index'))),
  );
  return found;
}
