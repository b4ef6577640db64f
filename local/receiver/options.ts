import { integer, parseFlags } from '../command-line.ts';

/** What `npm run receiver` can be told. */
export interface ReceiverOptions {
  /** The data directory of the running local system. */
  readonly dataDir: string;
  /** Its own port; 0 chooses a free one. */
  readonly port: number;
  /** Whose events it gets. */
  readonly environment: 'live' | 'test';
  /** The HTTP status that every webhook is answered with. */
  readonly answer: number;
  readonly help: boolean;
}

/** Shown by `--help`. */
export const USAGE = `Usage: npm run receiver -- [options]

Shows the webhooks of the running local system: it creates its own endpoint, verifies each
signature, and deletes the endpoint at Ctrl-C.

  --test            receive the events of the test key's emails (default: the live key's)
  --answer N        answer each webhook with this status, to see retries (default 204)
  --port N          port to listen on (default: a free one)
  --data-dir DIR    data directory of the local system (default .maillayer)
  --help            show this`;

const CONFIG = {
  test: { type: 'boolean' },
  answer: { type: 'string' },
  port: { type: 'string' },
  'data-dir': { type: 'string' },
  help: { type: 'boolean' },
} as const;

/**
 * Reads the command line.
 *
 * @throws StartError naming the option that is wrong and what is right.
 */
export function parseReceiverOptions(args: readonly string[]): ReceiverOptions {
  const values = parseFlags(args, CONFIG);
  return {
    dataDir: values['data-dir'] ?? '.maillayer',
    port: integer('--port', values.port ?? '0', 0, 65_535),
    environment: values.test === true ? 'test' : 'live',
    answer: integer('--answer', values.answer ?? '204', 200, 599),
    help: values.help ?? false,
  };
}
