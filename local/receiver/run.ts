import { StartError } from '../start-error.ts';
import { showArrival } from './arrival.ts';
import { makeEndpoint, type OwnEndpoint } from './endpoint.ts';
import { listen } from './listen.ts';
import { findLocalSystem } from './local-system.ts';
import { parseReceiverOptions, type ReceiverOptions, usage } from './options.ts';

/**
 * The command `npm run receiver`: shows webhooks until it is told to stop.
 *
 * @returns the exit code: 0 after Ctrl-C, 1 after a failure that has been explained
 */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const options = parseReceiverOptions(args);
    if (options.help) console.log(usage());
    else await receive(options);
    return 0;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    console.error(error.message);
    return 1;
  }
}

async function receive(options: ReceiverOptions): Promise<void> {
  const stopped = stopSignal();
  const environment = options.test ? 'test' : 'live';
  const system = await findLocalSystem(options.dataDir, environment);
  // A first webhook may overtake the answer that holds the secret.
  const made = Promise.withResolvers<OwnEndpoint>();
  made.promise.catch(() => undefined);
  const listener = await listen(options, async (arrival) => {
    const { secret } = await made.promise;
    console.log(`${showArrival(arrival, secret)}\n`);
  });
  try {
    const endpoint = await makeEndpoint(system, listener.url, environment);
    made.resolve(endpoint);
    console.log(
      `Webhooks of ${environment} emails arrive at ${listener.url} and are shown here.\n` +
        'Stop with Ctrl-C.\n',
    );
    await stopped;
    await endpoint.remove();
    console.log('The endpoint is deleted.');
  } finally {
    made.reject(new Error('The receiver stops.'));
    await listener.stop();
  }
}

/** Resolves at Ctrl-C or a SIGTERM; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let told = false;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        if (told) process.exit(1);
        told = true;
        resolve();
      });
    }
  });
}
