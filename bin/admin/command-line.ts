import { type CommanderError, Option, Command as Program } from 'commander';
import { ACCOUNT_COMMANDS } from './account-commands.ts';
import { AdminError } from './admin-error.ts';
import {
  CONNECTION_OPTIONS,
  type Command,
  OPTIONS,
  type OptionName,
  type Options,
  usageOf,
} from './command.ts';
import { DOMAIN_COMMANDS } from './domain-commands.ts';
import { KEY_COMMANDS } from './key-commands.ts';
import { LIST_COMMAND } from './list-command.ts';
import { SUPPRESSION_COMMANDS } from './suppression-commands.ts';

const COMMANDS: readonly Command[] = [
  ...ACCOUNT_COMMANDS,
  ...DOMAIN_COMMANDS,
  ...KEY_COMMANDS,
  ...SUPPRESSION_COMMANDS,
  LIST_COMMAND,
];

/** A command line taken apart. */
export interface CommandLine {
  /** Undefined for words that are no command. */
  readonly command: Command | 'batch' | undefined;
  /** The words after the command's own, or all that are no command. */
  readonly words: readonly string[];
  readonly options: Options;
  readonly json: boolean;
  /** What is to be shown instead; undefined when it was not asked for. */
  readonly help: string | undefined;
}

/**
 * Reads a command with its options.
 *
 * @throws AdminError for an unknown option, one given twice, or one without its value
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const program = new Program('npm run admin --')
    .description('Administers accounts, domains, keys and suppressions of a Maillayer system.')
    .usage('COMMAND')
    .helpOption(false)
    .helpCommand(false)
    .allowExcessArguments()
    .configureOutput({ writeErr: () => undefined })
    .configureHelp({
      visibleCommands: ({ parent }) => (parent === null ? leaves : []),
      subcommandTerm: (leaf) => leaf.summary(),
      subcommandDescription: (leaf) => leaf.description(),
      optionTerm: ({ flags }) => flags.replace(/[<>]/g, ''),
      formatItem: (term, _width, description) => `  ${term}\n      ${description}`,
    })
    .exitOverride(refuse(undefined))
    .optionsGroup('With every command:');
  const leaves: Program[] = [];
  for (const name of CONNECTION_OPTIONS) program.addOption(optionOf(name, args));
  program.option('--json', 'Answer with one JSON object.').option('-h, --help', 'Show this.');
  let line: CommandLine | undefined;
  const choose = (chosen: Program, command: CommandLine['command'], words: readonly string[]) => {
    line = lineOf(chosen, command, words);
  };
  program.action(() => choose(program, undefined, program.args));
  for (const command of COMMANDS) leaves.push(addCommand(program, { command, args, choose }));
  leaves.push(addBatch(program, choose));
  program.parse(args, { from: 'user' });
  if (line === undefined) throw new Error('No action was chosen.');
  return line;
}

type Choose = (chosen: Program, command: CommandLine['command'], words: readonly string[]) => void;

function lineOf(chosen: Program, command: CommandLine['command'], words: readonly string[]) {
  const { dataDir, json = false, help, ...own } = chosen.optsWithGlobals();
  const options = { ...own, ...(dataDir === undefined ? {} : { 'data-dir': dataDir }) };
  const shown = help === true ? chosen.helpInformation().trimEnd() : undefined;
  return { command, words, options, json, help: shown };
}

function addCommand(
  program: Program,
  { command, args, choose }: { command: Command; args: readonly string[]; choose: Choose },
): Program {
  const [first = '', second] = command.words.split(' ');
  const leaf = groupOf(program, second === undefined ? undefined : first, choose)
    .command(second ?? first)
    .summary(usageOf(command))
    .description(command.summary)
    .usage(usageOf(command).slice(command.words.length + 1))
    .exitOverride(refuse(command));
  for (const name of [...command.required, ...(command.optional ?? [])]) {
    leaf.addOption(optionOf(name, args));
  }
  return leaf.action(() => choose(leaf, command, leaf.args));
}

/** The words that several commands begin with, such as `account`. */
function groupOf(program: Program, name: string | undefined, choose: Choose): Program {
  if (name === undefined) return program;
  const known = program.commands.find((each) => each.name() === name);
  if (known !== undefined) return known;
  const group = program.command(name);
  return group.action(() => choose(program, undefined, [name, ...group.args]));
}

function addBatch(program: Program, choose: Choose): Program {
  const refuseMore = () => {
    throw new AdminError(
      '"batch" reads its commands from standard input: add only --data-dir or --stack.',
    );
  };
  const batch = program
    .command('batch')
    .summary('batch')
    .description(
      'Reads commands from standard input, one JSON array of words a line; answers each with one line of JSON.',
    )
    .exitOverride(refuseMore);
  return batch.action(() => {
    if (batch.args.length > 0) refuseMore();
    choose(batch, 'batch', []);
  });
}

function optionOf(name: OptionName, args: readonly string[]): Option {
  const [placeholder, text] = OPTIONS[name];
  const right = `--${name} needs a value: write --${name} ${placeholder}`;
  return new Option(`--${name} <${placeholder}>`, text).argParser((value, before) => {
    if (before !== undefined) throw new AdminError(`Give --${name} only once.`);
    if (value === '') throw new AdminError(`${right}.`);
    if (value.startsWith('-') && !args.includes(`--${name}=${value}`)) {
      throw new AdminError(`${right}, or --${name}=${value} if the value starts with a dash.`);
    }
    return value;
  });
}

/** Says in our words what commander has found wrong. */
function refuse(command: Command | undefined) {
  return ({ code, message }: CommanderError): never => {
    const [, flag = '', name = ''] = /'(--?([\w-]*)[^\s']*)/.exec(message) ?? [];
    const option = Object.hasOwn(OPTIONS, name) ? (name as OptionName) : undefined;
    if (code === 'commander.optionMissingArgument' && option !== undefined) {
      throw new AdminError(`--${name} needs a value: write --${name} ${OPTIONS[option][0]}.`);
    }
    if (name === 'json' || name === 'help')
      throw new AdminError(`--${name} takes no value: omit it.`);
    if (command !== undefined && option !== undefined) {
      throw new AdminError(
        `"${command.words}" takes no --${name}: write "npm run admin -- ${usageOf(command)}".`,
      );
    }
    throw new AdminError(`The option ${flag} does not exist: see "npm run admin -- --help".`);
  };
}
