import { type Command, Option } from 'commander';
import { commandLine, integer, readOptions } from './command-line.ts';
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
  /** Whether changes of the sources take effect without a restart. */
  readonly watch: boolean;
  /** Port that debuggers attach to; 0 chooses a free one, and without one nobody can. */
  readonly inspect?: number;
  readonly help: boolean;
}

/** What is not given is not so. */
const FLAGS = { ephemeral: false, help: false };

function command(): Command {
  const port = (name: string) => integer(name, 0, 65_535);
  return commandLine('npm start -- [options]')
    .option('--port <N>', 'port of the API; 0 chooses a free one', port('--port'), 3025)
    .option(
      '--dashboard-port <N>',
      'port of the dashboard; 0 chooses a free one',
      port('--dashboard-port'),
      3026,
    )
    .option(
      '--data-dir <DIR>',
      'directory for tables, queues, objects, emails and users',
      nonEmpty,
      '.maillayer',
    )
    .option('--ephemeral', 'keep nothing: use a temporary directory and remove it at exit')
    .option(
      '--time-scale <N>',
      "run the pipeline's timers N times as fast, at most 3600",
      integer('--time-scale', 1, 3600),
      1,
    )
    .option('--no-watch', 'run what was built at the start, whatever changes in the sources')
    .addOption(
      new Option('--inspect [PORT]', 'let a debugger attach to the functions, at port 9229 or this')
        .argParser(port('--inspect'))
        .preset('9229'),
    )
    .option('--help', 'show this');
}

/** Shown by `--help`. */
export const usage = (): string => command().helpInformation().trimEnd();

/**
 * Reads the command line.
 *
 * @throws StartError naming the option that is wrong and what is right.
 */
export function parseOptions(args: readonly string[]): Options {
  const given = command();
  const options = { ...FLAGS, ...readOptions<Omit<Options, keyof typeof FLAGS>>(given, args) };
  if (options.ephemeral && given.getOptionValueSource('dataDir') === 'cli') {
    throw new StartError(
      'Give either --data-dir or --ephemeral, not both: an ephemeral run keeps nothing.',
    );
  }
  return options;
}

function nonEmpty(text: string): string {
  if (text.trim() === '') throw new StartError('--data-dir needs the path of a directory.');
  return text;
}
