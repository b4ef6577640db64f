import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { AdminError, sentenceOf } from './admin-error.ts';
import { type Answer, CONNECTION_OPTIONS, readGiven } from './command.ts';
import { type CommandLine, readCommandLine } from './command-line.ts';
import type { Connection } from './connection.ts';

const lineSchema = v.array(v.string());

/**
 * Runs one command.
 *
 * @param open connects to the system; called when the command line is known to be right
 * @throws AdminError when there is no such command, or something is missing
 */
export async function runCommand(
  { command, words, options }: CommandLine,
  open: () => Promise<Connection>,
): Promise<Answer> {
  if (command === undefined || command === 'batch') {
    const written = [...(command === 'batch' ? ['batch'] : []), ...words].join(' ');
    const wrong =
      written === '' ? 'No command was given' : `The command "${written}" does not exist`;
    throw new AdminError(`${wrong}: "npm run admin -- --help" shows them all.`);
  }
  const given = readGiven(command, words, options);
  return command.run(await open(), given);
}

/**
 * Answers each line of `input`, a JSON array of words, with one line of JSON, until the input ends.
 *
 * @returns false when a command failed
 */
export async function runBatch(
  input: NodeJS.ReadableStream,
  connection: Connection,
  print: (line: string) => void,
): Promise<boolean> {
  let succeeded = true;
  for await (const text of createInterface({ input })) {
    if (text.trim() === '') continue;
    try {
      const { json } = await runCommand(readLine(text), async () => connection);
      print(JSON.stringify(json));
    } catch (error) {
      succeeded = false;
      print(JSON.stringify({ error: sentenceOf(error) }));
    }
  }
  return succeeded;
}

function readLine(text: string): CommandLine {
  let words: string[];
  try {
    words = v.parse(lineSchema, JSON.parse(text));
  } catch {
    throw new AdminError('A line of a batch must be a JSON array of strings, such as ["list"].');
  }
  const line = readCommandLine(words);
  const own = CONNECTION_OPTIONS.find((name) => line.options[name] !== undefined);
  if (own) throw new AdminError(`Give --${own} to "batch" itself, not to its lines.`);
  return line;
}
