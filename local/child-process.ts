import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The repository's root: the working directory of what the local system starts. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** How a short child process ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

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

/** Runs a script on this Node until it ends. */
export async function runNode(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Ended> {
  const child = startNode(args, environment, signal);
  child.stdin.end();
  const stdout: string[] = [];
  const stderr: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, stdout: stdout.join(''), stderr: stderr.join('') };
}
