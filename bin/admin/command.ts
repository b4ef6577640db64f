import { AdminError } from './admin-error.ts';
import type { Connection } from './connection.ts';
import { type CommandLine, OPTIONS, type OptionName } from './options.ts';

/** What a command was given: its options, checked to be there, and its one argument. */
export interface Given {
  readonly options: CommandLine['options'];
  /** A required option. */
  needed(name: OptionName): string;
  /** The word after the command's own; empty for commands without one. */
  readonly argument: string;
}

/** What a command answers: the same for programs and for people. */
export interface Answer {
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export interface Command {
  /** As it is written, such as `account create`. */
  readonly words: string;
  /** How help shows the one argument after the words; none when absent. */
  readonly argument?: string;
  readonly required: readonly OptionName[];
  readonly optional?: readonly OptionName[];
  readonly summary: string;
  run(connection: Connection, given: Given): Promise<Answer>;
}

/** A command as help shows it: `key create --account ID [--domain DOMAIN]`. */
export function usageOf({ words, argument, required, optional = [] }: Command): string {
  return [
    words,
    ...(argument === undefined ? [] : [argument]),
    ...required.map((name) => `--${name} ${OPTIONS[name]}`),
    ...optional.map((name) => `[--${name} ${OPTIONS[name]}]`),
  ].join(' ');
}

/** The options that say which system is meant; they go with every command. */
export const CONNECTION_OPTIONS: readonly OptionName[] = ['data-dir', 'stack'];

/** @throws AdminError when an option or the argument is missing or too much */
export function readGiven(command: Command, { words, options }: CommandLine): Given {
  const usage = `write "npm run admin -- ${usageOf(command)}"`;
  const { required, optional = [] } = command;
  const known = new Set<string>([...required, ...optional, ...CONNECTION_OPTIONS]);
  const excess = Object.keys(options).find((name) => !known.has(name));
  if (excess) throw new AdminError(`"${command.words}" takes no --${excess}: ${usage}.`);
  const missing = required.filter((name) => options[name] === undefined);
  if (missing.length > 0) {
    const names = missing.map((name) => `--${name}`).join(' and ');
    throw new AdminError(`"${command.words}" needs ${names}: ${usage}.`);
  }
  const rest = words.slice(command.words.split(' ').length);
  if (rest.length !== (command.argument === undefined ? 0 : 1)) {
    const wanted = command.argument === undefined ? 'no argument' : `one ${command.argument}`;
    throw new AdminError(`"${command.words}" takes ${wanted} after it: ${usage}.`);
  }
  return { options, needed: (name) => options[name] ?? '', argument: rest[0] ?? '' };
}
