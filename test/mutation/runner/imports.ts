import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The relative specifiers of all imports that are left when types are gone. */
const IMPORT =
  /^\s*(?:import|export)\s+(?!type\s)(?:[^'";]*?\sfrom\s*)?['"](\.[^'"]+)['"]|\bimport\(\s*['"](\.[^'"]+)['"]/gm;

/** Who imports whom among the project's modules, read off their text, so that none need be loaded to know it. */
export class Imports {
  /** Module → who imports it; paths below the root. */
  readonly #importers = new Map<string, string[]>();

  constructor(root: string) {
    for (const file of globSync('{lambdas,lib,local,test}/**/*.ts', { cwd: root })) {
      const text = readFileSync(join(root, file), 'utf8');
      for (const [, named, called] of text.matchAll(IMPORT)) {
        const imported = join(dirname(file), named ?? called ?? '');
        const known = this.#importers.get(imported);
        if (known) known.push(file);
        else this.#importers.set(imported, [file]);
      }
    }
  }

  /** A module and all that import it, over however many others. */
  reaching(file: string): Set<string> {
    const found = new Set([file]);
    // A set goes on over what is added meanwhile.
    for (const each of found) {
      for (const importer of this.#importers.get(each) ?? []) found.add(importer);
    }
    return found;
  }
}
