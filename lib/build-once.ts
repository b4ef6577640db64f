import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** A build that nobody has asked for in this time is removed (own choice), in milliseconds. */
const FORGOTTEN_AFTER = 24 * 60 * 60 * 1000;

interface Recipe {
  /** Name of its folder below `dist/`. */
  readonly kind: string;
  /** Patterns of the files that it is made of; the versions of all packages count as well. */
  readonly inputs: readonly string[];
  /** What else it is made of, as text. @default nothing */
  readonly settings?: string;
  /** Writes it into a directory, which it makes. */
  readonly make: (directory: string) => void;
}

/** What was built. */
export interface Build {
  readonly directory: string;
  /** Changes with the inputs. */
  readonly version: string;
}

function hashOf(inputs: readonly string[], settings: string): string {
  const hash = createHash('sha256').update(settings);
  const files = globSync([...inputs, 'package-lock.json'], { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

function removeForgotten(folder: string, kept: string): void {
  for (const name of readdirSync(folder).filter((each) => each !== kept)) {
    const age = Date.now() - statSync(join(folder, name)).mtimeMs;
    if (age > FORGOTTEN_AFTER) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Builds unless the same was built before. Several processes may ask at once: each gets a whole build. */
export function buildOnce({ kind, inputs, settings = '', make }: Recipe): Build {
  const version = hashOf(inputs, settings);
  const folder = join(root, 'dist', kind);
  const directory = join(folder, version);
  if (existsSync(directory)) {
    const now = new Date();
    utimesSync(directory, now, now);
    return { directory, version };
  }
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, `${version}.${randomUUID()}`);
  make(draft);
  try {
    renameSync(draft, directory);
  } catch (error) {
    // Another process was first; both built the same.
    if (!existsSync(directory)) throw error;
    rmSync(draft, { recursive: true });
  }
  removeForgotten(folder, version);
  return { directory, version };
}
