import inspector from 'node:inspector';
import { announce } from './announce.ts';
import { ROOT } from './child-process.ts';
import { formatLine } from './logs/line.ts';
import { type Options, parseOptions, usage } from './options.ts';
import { StartError } from './start-error.ts';
import { startSystem } from './system.ts';

/**
 * The command `npm start`: runs the local system until it is told to stop.
 *
 * @returns the exit code: 0 after Ctrl-C, 1 after a failure that has been explained
 */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(args);
    if (options.help) console.log(usage());
    else await serve(options);
    return 0;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    console.error(error.message);
    return 1;
  }
}

async function serve(options: Options): Promise<void> {
  const { port, dashboardPort, dataDir, ephemeral, timeScale } = options;
  const isInspected = options.inspect !== undefined && inspect(options.inspect);
  const started = Date.now();
  const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
  const stopping = new AbortController();
  const stopped = stopSignal(stopping);
  let crash = (_: StartError): void => undefined;
  const crashed = new Promise<never>((_, reject) => {
    crash = reject;
  });
  // Before it is raced below, a crash only makes what waits for the emulator fail.
  crashed.catch(() => undefined);
  try {
    const system = await startSystem({
      dataDir: ephemeral ? undefined : dataDir,
      port,
      dashboardPort,
      timeScale,
      unhurried: isInspected,
      ...(options.watch ? { watch: ROOT } : {}),
      signal: stopping.signal,
      onCrash: (reason) => crash(reason),
      onProgress: (sentence) => console.log(`${elapsed(started)}  ${sentence}`),
      onLine: (functionName, line) => {
        const text = formatLine(line, { functionName, colour });
        if (text !== undefined) console.log(text);
      },
    });
    console.log(`${elapsed(started)}  Ready\n`);
    console.log(announce(system));
    try {
      await Promise.race([stopped, crashed]);
      console.log('Stopping');
    } finally {
      await system.stop();
    }
  } catch (error) {
    // NotifyResult to stop while it was starting: that is no failure.
    if (!stopping.signal.aborted) throw error;
  }
}

/** Opens the port that debuggers attach to; one of an editor that has started this process is open already. */
function inspect(port: number): true {
  // It says itself where it listens; Node hands the functions' threads on to whoever attaches.
  if (inspector.url() === undefined) inspector.open(port, '127.0.0.1');
  return true;
}

/** Resolves at Ctrl-C or a SIGTERM; a second one ends the process at once. */
function stopSignal(stopping: AbortController): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        if (stopping.signal.aborted) process.exit(1);
        stopping.abort();
        resolve();
      });
    }
  });
}

function elapsed(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1).padStart(5)} s`;
}
