import { Command, CommanderError } from 'commander';
import { StartError } from './start-error.ts';

/** A command that can be told options and nothing else. */
export function commandLine(usage: string, description = ''): Command {
  return new Command()
    .usage(usage)
    .description(description)
    .helpOption(false)
    .allowExcessArguments()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .configureHelp({ optionTerm: ({ flags }) => flags.replace(/[<>]/g, '') });
}

/**
 * The values of a command line's options.
 *
 * @throws StartError naming the option that is wrong and those that there are.
 */
export function readOptions<Values>(command: Command, args: readonly string[]): Values {
  const known = command.options.map(({ long }) => long).join(', ');
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw new StartError(sentenceOf(error, known));
  }
  const [excess] = command.args;
  if (excess === undefined) return command.opts() as Values;
  throw new StartError(`Unexpected argument '${excess}': the options are ${known}.`);
}

function sentenceOf({ code, message }: CommanderError, known: string): string {
  const [, name = ''] = /'(--?[\w-]*)/.exec(message) ?? [];
  if (code === 'commander.unknownOption') {
    return `Unknown option '${name}': the options are ${known}.`;
  }
  if (code === 'commander.optionMissingArgument') {
    return `Option '${name} <value>' argument missing: the options are ${known}.`;
  }
  return message;
}

/** Reads the whole number of an option. */
export function integer(option: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new StartError(
      `${option} must be a whole number from ${least} to ${most}, and "${text}" is not.`,
    );
  };
}
