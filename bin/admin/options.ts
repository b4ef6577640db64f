import { parseArgs } from 'node:util';
import { AdminError } from './admin-error.ts';

/** Every option with a value, and how help shows that value. */
export const OPTIONS = {
  account: 'ID',
  name: 'NAME',
  plan: 'PLAN',
  id: 'ID',
  user: 'SUB',
  environment: 'live|test',
  scope: 'send|full',
  domain: 'DOMAIN',
  secret: 'SECRET',
  reason: 'TEXT',
  'data-dir': 'DIR',
  stack: 'NAME',
} as const;

export type OptionName = keyof typeof OPTIONS;

/** A command line taken apart. */
export interface CommandLine {
  readonly words: readonly string[];
  readonly options: Readonly<Partial<Record<OptionName, string>>>;
  readonly json: boolean;
  readonly help: boolean;
}

const isOption = (name: string): name is OptionName => Object.hasOwn(OPTIONS, name);

/**
 * Reads words and `--option value` pairs.
 *
 * @throws AdminError for an unknown option, one given twice, or one without its value
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { tokens } = parseArgs({
    args: [...args],
    options: {
      ...Object.fromEntries(Object.keys(OPTIONS).map((name) => [name, { type: 'string' }])),
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    } as Record<string, { type: 'string' | 'boolean'; short?: string }>,
    // Its own complaints are several sentences long and do not name the commands.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const words: string[] = [];
  const options: Partial<Record<OptionName, string>> = {};
  const flags = { json: false, help: false };
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    if (name === 'json' || name === 'help') {
      if (value !== undefined) throw new AdminError(`${rawName} takes no value: omit it.`);
      flags[name] = true;
    } else {
      if (!isOption(name)) throw unknownOption(rawName);
      if (options[name] !== undefined) throw new AdminError(`Give ${rawName} only once.`);
      options[name] = optionValue(name, value, inlineValue === true);
    }
  }
  return { words, options, ...flags };
}

function unknownOption(name: string): AdminError {
  return new AdminError(`The option ${name} does not exist: see "npm run admin -- --help".`);
}

function optionValue(name: OptionName, value: string | undefined, inline: boolean): string {
  if (value === undefined || value === '') {
    throw new AdminError(`--${name} needs a value: write --${name} ${OPTIONS[name]}.`);
  }
  if (!inline && value.startsWith('-')) {
    throw new AdminError(
      `--${name} needs a value: write --${name} ${OPTIONS[name]}, or --${name}=${value} if the value starts with a dash.`,
    );
  }
  return value;
}
