import { ACCOUNT_COMMANDS } from './account-commands.ts';
import { AdminError } from './admin-error.ts';
import { type Answer, type Command, readGiven, usageOf } from './command.ts';
import type { Connection } from './connection.ts';
import { DOMAIN_COMMANDS } from './domain-commands.ts';
import { KEY_COMMANDS } from './key-commands.ts';
import { LIST_COMMAND } from './list-command.ts';
import type { CommandLine } from './options.ts';
import { SUPPRESSION_COMMANDS } from './suppression-commands.ts';

const COMMANDS: readonly Command[] = [
  ...ACCOUNT_COMMANDS,
  ...DOMAIN_COMMANDS,
  ...KEY_COMMANDS,
  ...SUPPRESSION_COMMANDS,
  LIST_COMMAND,
];

export const HELP = `Administers accounts, domains, keys and suppressions of a Maillayer system.

Usage: npm run admin -- COMMAND

${COMMANDS.map((command) => `  ${usageOf(command)}\n      ${command.summary}`).join('\n')}
  batch
      Reads commands from standard input, one JSON array of words a line; answers each with one line of JSON.

With every command:
  --data-dir DIR   Use the running local system of this directory (default .maillayer).
  --stack NAME     Use the deployed system of this CloudFormation stack.
  --json           Answer with one JSON object.
  --help           Show this.`;

/**
 * Runs one command.
 *
 * @param open connects to the system; called when the command line is known to be right
 * @throws AdminError when there is no such command, or something is missing
 */
export async function runCommand(
  line: CommandLine,
  open: () => Promise<Connection>,
): Promise<Answer> {
  const written = line.words.join(' ');
  const command = COMMANDS.find(({ words }) => `${written} `.startsWith(`${words} `));
  if (!command) {
    const wrong =
      written === '' ? 'No command was given' : `The command "${written}" does not exist`;
    throw new AdminError(`${wrong}: "npm run admin -- --help" shows them all.`);
  }
  const given = readGiven(command, line);
  return command.run(await open(), given);
}
