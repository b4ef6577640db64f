import { integer, parseFlags } from './command-line.ts';
import { StartError } from './start-error.ts';

/** What `npm start` can be told. */
export interface Options {
  /** The API's port; 0 chooses a free one. */
  readonly port: number;
  /** The dashboard's port; 0 chooses a free one. */
  readonly dashboardPort: number;
  readonly dataDir: string;
  /** Keep nothing: the data directory is temporary and removed at the end. */
  readonly ephemeral: boolean;
  /** Divides the pipeline's times and the schedules' periods. */
  readonly timeScale: number;
  readonly help: boolean;
}

/** Shown by `--help` and after a mistake. */
export const USAGE = `Usage: npm start -- [options]

  --port N          port of the API (default 3025; 0 chooses a free one)
  --dashboard-port N
                    port of the dashboard (default 3026; 0 chooses a free one)
  --data-dir DIR    directory for tables, queues, objects, emails and users (default .maillayer)
  --ephemeral       keep nothing: use a temporary directory and remove it at exit
  --time-scale N    run the pipeline's timers N times as fast (default 1, at most 3600)
  --help            show this`;

const CONFIG = {
  port: { type: 'string' },
  'dashboard-port': { type: 'string' },
  'data-dir': { type: 'string' },
  ephemeral: { type: 'boolean' },
  'time-scale': { type: 'string' },
  help: { type: 'boolean' },
} as const;

/**
 * Reads the command line.
 *
 * @throws StartError naming the option that is wrong and what is right.
 */
export function parseOptions(args: readonly string[]): Options {
  const values = parseFlags(args, CONFIG);
  if (values.ephemeral === true && values['data-dir'] !== undefined) {
    throw new StartError(
      'Give either --data-dir or --ephemeral, not both: an ephemeral run keeps nothing.',
    );
  }
  return {
    port: integer('--port', values.port ?? '3025', 0, 65_535),
    dashboardPort: integer('--dashboard-port', values['dashboard-port'] ?? '3026', 0, 65_535),
    dataDir: nonEmpty('--data-dir', values['data-dir'] ?? '.maillayer'),
    ephemeral: values.ephemeral ?? false,
    timeScale: integer('--time-scale', values['time-scale'] ?? '1', 1, 3600),
    help: values.help ?? false,
  };
}

function nonEmpty(option: string, text: string): string {
  if (text.trim() === '') throw new StartError(`${option} needs the path of a directory.`);
  return text;
}
