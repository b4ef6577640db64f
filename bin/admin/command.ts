import { AdminError } from './admin-error.ts';
import type { Connection } from './connection.ts';

/** Every option with a value: how help shows that value, and what it is. */
export const OPTIONS = {
  account: ['ID', 'the account'],
  name: ['NAME', 'what people call it'],
  plan: ['PLAN', 'a plan of cdk.json'],
  id: ['ID', 'the id of the new account'],
  user: ['SUB', 'its owner, by the "sub" of the user pool'],
  environment: ['live|test', 'what its emails are'],
  scope: ['send|full', 'what it may do'],
  domain: ['DOMAIN', 'the only domain that it may send from'],
  secret: ['SECRET', 'its secret, on a local system only'],
  reason: ['TEXT', 'why'],
  'data-dir': ['DIR', 'Use the running local system of this directory (default .maillayer).'],
  stack: ['NAME', 'Use the deployed system of this CloudFormation stack.'],
} as const;

export type OptionName = keyof typeof OPTIONS;

/** The values of the options that were given. */
export type Options = Readonly<Partial<Record<OptionName, string>>>;

/** The options that say which system is meant; they go with every command. */
export const CONNECTION_OPTIONS: readonly OptionName[] = ['data-dir', 'stack'];

/** What a command was given: its options, checked to be there, and its one argument. */
export interface Given {
  readonly options: Options;
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
    ...required.map((name) => `--${name} ${OPTIONS[name][0]}`),
    ...optional.map((name) => `[--${name} ${OPTIONS[name][0]}]`),
  ].join(' ');
}

/** @throws AdminError when an option or the argument is missing, or an argument too much */
export function readGiven(command: Command, words: readonly string[], options: Options): Given {
  const usage = `write "npm run admin -- ${usageOf(command)}"`;
  const missing = command.required.filter((name) => options[name] === undefined);
  if (missing.length > 0) {
    const names = missing.map((name) => `--${name}`).join(' and ');
    throw new AdminError(`"${command.words}" needs ${names}: ${usage}.`);
  }
  if (words.length !== (command.argument === undefined ? 0 : 1)) {
    const wanted = command.argument === undefined ? 'no argument' : `one ${command.argument}`;
    throw new AdminError(`"${command.words}" takes ${wanted} after it: ${usage}.`);
  }
  return { options, needed: (name) => options[name] ?? '', argument: words[0] ?? '' };
}
