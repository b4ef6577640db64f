import { type ParseArgsConfig, parseArgs } from 'node:util';
import { messageOf, StartError } from './start-error.ts';

type Config = NonNullable<ParseArgsConfig['options']>;

/**
 * The values of a command line's options.
 *
 * @throws StartError naming the option that is wrong and those that there are.
 */
export function parseFlags<C extends Config>(args: readonly string[], options: C) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (error) {
    const reason = messageOf(error).split('. ')[0];
    const known = Object.keys(options).map((name) => `--${name}`);
    throw new StartError(`${reason}: the options are ${known.join(', ')}.`);
  }
}

/**
 * The whole number of an option.
 *
 * @throws StartError where it is none from `least` to `most`.
 */
export function integer(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new StartError(
    `${option} must be a whole number from ${least} to ${most}, and "${text}" is not.`,
  );
}
