import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** How many checks held and how many did not. */
export type Score = { readonly passed: number; readonly failed: number };

/** One part of the run, with a name for people. */
export type Part = { readonly name: string; run(): Promise<Score> };

/** Nothing that every test run holds takes this long; whoever hangs is ended, so that the run ends too. */
const MOST_MINUTES = 30;

/**
 * Runs a program with the Node that runs this one, and shows what it prints.
 *
 * @param program path below the project's root
 * @returns its exit code; null when it was killed
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  nodeOptions = '',
  mostMinutes = MOST_MINUTES,
): Promise<number | null> {
  const { PATH = '', NODE_OPTIONS = '' } = process.env;
  const child = spawn(process.execPath, [join(ROOT, program), ...args], {
    cwd: ROOT,
    // Test programs start others by name, "node" among them: they shall find the project's.
    env: {
      ...process.env,
      PATH: `${join(ROOT, 'node_modules', '.bin')}${delimiter}${PATH}`,
      NODE_OPTIONS: `${NODE_OPTIONS} ${nodeOptions}`.trim(),
    },
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: mostMinutes * 60_000,
    killSignal: 'SIGKILL',
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

/** Programs with their arguments, run in turn: the one check is that each ends well. */
export function programPart(
  name: string,
  ...commands: readonly (readonly [program: string, ...args: string[]])[]
): Part {
  return {
    name,
    run: async () => {
      for (const [program, ...args] of commands) {
        if ((await runProgram(program, args)) !== 0) return { passed: 0, failed: 1 };
      }
      return { passed: 1, failed: 0 };
    },
  };
}
