import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { messageOf } from '../start-error.ts';

/**
 * What a file holds; undefined where there is none.
 *
 * @param what for the error: what cannot be read
 * @throws Error where `parse` throws
 */
export function readPrivateFile<T>(file: string, what: string, parse: (text: string) => T) {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${what} cannot be read: ${messageOf(error)}`);
  }
}

/** Writes a file that only its owner may read; a process that is killed meanwhile leaves the old one or the new one. */
export function writePrivateFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
