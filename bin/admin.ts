import { sentenceOf } from './admin/admin-error.ts';
import { runBatch, runCommand } from './admin/batch.ts';
import { type CommandLine, readCommandLine } from './admin/command-line.ts';
import { connect } from './admin/connection.ts';

const args = process.argv.slice(2);
const print = (line: string) => console.log(line);

/** Does what the command line says; false when a command of a batch failed. */
async function run(line: CommandLine): Promise<boolean> {
  if (line.help !== undefined) {
    print(line.json ? JSON.stringify({ help: line.help }) : line.help);
    return true;
  }
  if (line.command === 'batch') {
    return runBatch(process.stdin, await connect(line.options), print);
  }
  const answer = await runCommand(line, () => connect(line.options));
  print(line.json ? JSON.stringify(answer.json) : answer.text);
  return true;
}

try {
  if (!(await run(readCommandLine(args)))) process.exitCode = 1;
} catch (error) {
  process.exitCode = 1;
  const sentence = sentenceOf(error);
  if (args.includes('--json')) print(JSON.stringify({ error: sentence }));
  else console.error(sentence);
}
