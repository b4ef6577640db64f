import { Worker } from 'node:worker_threads';
import type { Service } from '../service.ts';
import { SLOW_CLOCK_VARIABLE } from '../slow-clock.ts';
import { StartError } from '../start-error.ts';

/** What an emulator's thread tells: where it listens, or why it cannot. */
export type ThreadMessage = { readonly port: number } | { readonly error: string };

/** How long an emulator may take to write out what it holds before its thread is ended. */
const STOP_WITHIN_MS = 5000;

/**
 * Starts an emulator in a thread of its own, so that both cores of a small machine are used.
 *
 * @param data given to the thread as `workerData`
 * @param onCrash called if the thread dies after it has started
 * @throws StartError with the thread's own reason when it cannot start.
 */
export async function startInThread(
  script: URL,
  data: Readonly<Record<string, unknown>>,
  onCrash: (reason: Error) => void,
): Promise<Service> {
  // Flags of this process concern its own script, and some forbid threads altogether.
  const env = { ...process.env, ...SLOW_CLOCK_VARIABLE };
  const thread = new Worker(script, {
    ...{ workerData: data, env, execArgv: [], stdout: true, stderr: true },
  });
  thread.stdout.resume();
  // Node announces there that node:sqlite is experimental; real failures arrive as 'error'.
  thread.stderr.resume();
  const port = await firstMessage(thread).catch(async (error: unknown) => {
    await thread.terminate();
    throw error;
  });
  thread.on('error', onCrash);
  const exited = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      thread.off('error', onCrash);
      thread.on('error', () => undefined);
      thread.postMessage('stop');
      const timer = setTimeout(() => void thread.terminate(), STOP_WITHIN_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}

function firstMessage(thread: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    thread.once('error', reject);
    thread.once('message', (message: ThreadMessage) => {
      thread.removeAllListeners('error');
      if ('port' in message) resolve(message.port);
      else reject(new StartError(message.error));
    });
  });
}
