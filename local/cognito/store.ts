import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Tree = { [name: string]: unknown };

/** A store of cognito-local: a tree of values, each reached by the names on the way to it. */
export interface DataStore {
  getRoot(context: unknown): Promise<unknown>;
  get(context: unknown, key: string | readonly string[], otherwise?: unknown): Promise<unknown>;
  set(context: unknown, key: string | readonly string[], value: unknown): Promise<void>;
  delete(context: unknown, key: string | readonly string[]): Promise<void>;
}

/** cognito-local's own convention: what is called so is a `Date`. */
const isDate = (name: string) => name.endsWith('Date');

/**
 * Makes the stores of cognito-local, a JSON file each.
 *
 * Its own writes a file in place, so that a process that is killed meanwhile leaves half of it; here a
 * reader finds the old file or the new one.
 */
export class FileStores {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true });
  }

  /** @throws Error when the file is no JSON */
  async create(_context: unknown, id: string, defaults: Tree): Promise<DataStore> {
    const file = join(this.#directory, `${id}.json`);
    const tree = existsSync(file) ? readTree(file) : structuredClone(defaults);
    const save = () => writeTree(file, tree);
    save();
    return {
      getRoot: async () => tree,
      get: async (_, key, otherwise) => find(tree, [key].flat()) ?? otherwise ?? null,
      set: async (_, key, value) => {
        const [parent, name] = placeOf(tree, [key].flat());
        parent[name] = value;
        save();
      },
      delete: async (_, key) => {
        const [parent, name] = placeOf(tree, [key].flat());
        delete parent[name];
        save();
      },
    };
  }
}

function readTree(file: string): Tree {
  try {
    return JSON.parse(readFileSync(file, 'utf8'), (name, value) =>
      isDate(name) && typeof value === 'string' ? new Date(value) : value,
    ) as Tree;
  } catch (error) {
    throw new Error(`the users cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

/** Passwords stand in it as they are, so that only its owner may read it. */
function writeTree(file: string, tree: Tree): void {
  writeFileSync(`${file}.new`, JSON.stringify(tree, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function find(tree: Tree, path: readonly string[]): unknown {
  let at: unknown = tree;
  for (const name of path) at = own(at, name);
  return at;
}

function placeOf(tree: Tree, path: readonly string[]): [Tree, string] {
  let at = tree;
  for (const name of path.slice(0, -1)) {
    const next = own(at, name) ?? {};
    at[name] = next;
    at = next as Tree;
  }
  return [at, path.at(-1) ?? ''];
}

function own(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Tree)[name];
}
