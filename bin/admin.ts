import { AdminError, sentenceOf } from './admin/admin-error.ts';
import { runBatch } from './admin/batch.ts';
import { CONNECTION_OPTIONS } from './admin/command.ts';
import { HELP, runCommand } from './admin/commands.ts';
import { connect } from './admin/connection.ts';
import { type CommandLine, readCommandLine } from './admin/options.ts';

const args = process.argv.slice(2);
const print = (line: string) => console.log(line);

/** Does what the command line says; false when a command of a batch failed. */
async function run(line: CommandLine): Promise<boolean> {
  if (line.help) {
    print(line.json ? JSON.stringify({ help: HELP }) : HELP);
    return true;
  }
  if (line.words[0] === 'batch') {
    const excess = Object.keys(line.options).find((name) => !isConnectionOption(name));
    if (excess || line.words.length > 1) {
      throw new AdminError(
        '"batch" reads its commands from standard input: add only --data-dir or --stack.',
      );
    }
    return runBatch(process.stdin, await connect(line.options), print);
  }
  const answer = await runCommand(line, () => connect(line.options));
  print(line.json ? JSON.stringify(answer.json) : answer.text);
  return true;
}

const isConnectionOption = (name: string) => CONNECTION_OPTIONS.some((option) => option === name);

try {
  if (!(await run(readCommandLine(args)))) process.exitCode = 1;
} catch (error) {
  process.exitCode = 1;
  const sentence = sentenceOf(error);
  if (args.includes('--json')) print(JSON.stringify({ error: sentence }));
  else console.error(sentence);
}
