import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** How many checks held and how many did not. */
export type Score = { readonly passed: number; readonly failed: number };

/** What one part of the run came to; parts of test files are run side by side, so that their times overlap. */
export type PartResult = Score & { readonly name: string; readonly seconds: number };

/** Nothing that every test run holds takes this long; whoever hangs is ended, so that the run ends too. */
const MOST_MINUTES = 80;

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
export async function runPrograms(
  name: string,
  ...commands: readonly (readonly [program: string, ...args: string[]])[]
): Promise<PartResult> {
  console.log(`\n── ${name}`);
  const begun = performance.now();
  let failed = 0;
  for (const [program, ...args] of commands) {
    if (failed === 0 && (await runProgram(program, args)) !== 0) failed = 1;
  }
  return { name, passed: 1 - failed, failed, seconds: (performance.now() - begun) / 1000 };
}
