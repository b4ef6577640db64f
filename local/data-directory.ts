import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf, StartError } from './start-error.ts';

/** The directory that holds all state, held by this process alone. */
export interface DataDirectory {
  readonly path: string;
  /** Path of a file or directory in it. */
  file(name: string): string;
  /** Writes a JSON file whole: a reader sees the old one or the new one. */
  writeJson(name: string, value: unknown): Promise<void>;
  /** Removes files, if they are there. */
  remove(...names: readonly string[]): Promise<void>;
  /** Lets go of the directory; an ephemeral one is removed. */
  close(): Promise<void>;
}

/**
 * Opens a data directory, made if it is not there.
 *
 * @param path undefined for a temporary one that is removed at the end
 * @throws StartError when it cannot be written or another running system holds it.
 */
export function openDataDirectory(path: string | undefined): DataDirectory {
  const root =
    path === undefined ? mkdtempSync(join(tmpdir(), 'maillayer-')) : makeDirectory(resolve(path));
  const release = lock(root);
  const file = (name: string) => join(root, name);
  return {
    path: root,
    file,
    writeJson: async (name, value) => {
      await writeFile(file(`${name}.new`), `${JSON.stringify(value, null, 2)}\n`);
      await rename(file(`${name}.new`), file(name));
    },
    remove: async (...names) => {
      for (const name of names) await rm(file(name), { force: true });
    },
    close: async () => {
      release();
      if (path === undefined) await rm(root, { recursive: true, force: true });
    },
  };
}

function makeDirectory(path: string): string {
  try {
    mkdirSync(path, { recursive: true });
    return path;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError(
      code === 'EEXIST' || code === 'ENOTDIR'
        ? `${path} is a file and not a directory: choose another directory with --data-dir.`
        : `The data directory ${path} cannot be made (${code}): choose another directory with --data-dir.`,
    );
  }
}

/**
 * Holds the directory for this process: by a lock of the operating system, which ends with the
 * process however it ends, so that a lock is never left over and a reused process id misleads nobody.
 */
function lock(root: string): () => void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(root, 'lock'));
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    writeFileSync(join(root, 'pid'), `${process.pid}\n`);
  } catch (error) {
    database?.close();
    throw new StartError(whyNotLocked(root, messageOf(error)));
  }
  const held = database;
  return () => {
    rmSync(join(root, 'pid'), { force: true });
    held.close();
  };
}

function whyNotLocked(root: string, reason: string): string {
  if (reason.includes('database is locked')) {
    return (
      `The data directory ${root} is in use by another Maillayer (process ${holder(root)}): ` +
      'stop it, or choose another directory with --data-dir.'
    );
  }
  return `The data directory ${root} cannot be written (${reason}): choose another directory with --data-dir.`;
}

function holder(root: string): string {
  try {
    return readFileSync(join(root, 'pid'), 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
