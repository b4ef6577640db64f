import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The repository's root: the working directory of what the local system starts. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A running child process with pipes, killed when `signal` is aborted. */
export function startNode(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
) {
  return spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: 'pipe',
    signal,
    killSignal: 'SIGKILL',
  });
}
