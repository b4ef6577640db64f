import { commandLine, integer, readOptions } from '../command-line.ts';

/** What `npm run receiver` can be told. */
export interface ReceiverOptions {
  /** The data directory of the running local system. */
  readonly dataDir: string;
  /** Its own port; 0 chooses a free one. */
  readonly port: number;
  /** Whether it gets the events of the test key's emails, and not of the live key's. */
  readonly test: boolean;
  /** The HTTP status that every webhook is answered with. */
  readonly answer: number;
  readonly help: boolean;
}

/** What is not given is not so. */
const FLAGS = { test: false, help: false };

const command = () =>
  commandLine(
    'npm run receiver -- [options]',
    'Shows the webhooks of the running local system: it creates its own endpoint, verifies each signature, and deletes the endpoint at Ctrl-C.',
  )
    .option('--test', "receive the events of the test key's emails, not of the live key's")
    .option(
      '--answer <N>',
      'answer each webhook with this status, to see retries',
      integer('--answer', 200, 599),
      204,
    )
    .option(
      '--port <N>',
      'port to listen on; 0 chooses a free one',
      integer('--port', 0, 65_535),
      0,
    )
    .option('--data-dir <DIR>', 'data directory of the local system', '.maillayer')
    .option('--help', 'show this');

/** Shown by `--help`. */
export const usage = (): string => command().helpInformation().trimEnd();

/**
 * Reads the command line.
 *
 * @throws StartError naming the option that is wrong and what is right.
 */
export function parseReceiverOptions(args: readonly string[]): ReceiverOptions {
  return { ...FLAGS, ...readOptions<Omit<ReceiverOptions, keyof typeof FLAGS>>(command(), args) };
}
