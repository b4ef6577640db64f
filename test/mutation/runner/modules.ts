import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const GLOBALS = new URL('globals.ts', import.meta.url).href;
const OWN = new URL('.', import.meta.url).href;

/**
 * Loads the project's modules, and some of them again when they change while they load. Packages, above all the SDK, are
 * loaded once.
 */
export class Modules {
  readonly #root: string;
  readonly #sources = new Map<string, string>();
  #reloaded: ReadonlySet<string> = new Set();
  #round = 0;

  constructor(root: string) {
    this.#root = root;
    registerHooks({
      resolve: (specifier, context, next) => {
        if (specifier === '@jest/globals') return { url: GLOBALS, shortCircuit: true };
        const found = next(specifier, context);
        return this.#reloaded.has(found.url)
          ? { ...found, url: `${found.url}?round=${this.#round}` }
          : found;
      },
      load: (url, context, next) => {
        const [module = ''] = url.split('?');
        if (!this.#isOurs(module)) return next(url, context);
        return { format: 'module', source: this.#source(module), shortCircuit: true };
      },
    });
  }

  /** Imports a file as it was loaded first or, within `reloading`, as it is now. */
  load(file: string): Promise<unknown> {
    return import(this.#urlOf(file));
  }

  /** While `run` lasts, these files are loaded anew; whoever imports one of them must be one of them. */
  async reloading<Result>(files: Iterable<string>, run: () => Promise<Result>): Promise<Result> {
    this.#round += 1;
    this.#reloaded = new Set([...files].map((file) => this.#urlOf(file)));
    try {
      return await run();
    } finally {
      this.#reloaded = new Set();
    }
  }

  #urlOf(file: string): string {
    return pathToFileURL(join(this.#root, file)).href;
  }

  #isOurs(url: string): boolean {
    const ours = url.startsWith(`${pathToFileURL(this.#root).href}/`) && !url.startsWith(OWN);
    return ours && url.endsWith('.ts') && !url.includes('/node_modules/');
  }

  #source(url: string): string {
    const known = this.#sources.get(url);
    if (known !== undefined) return known;
    const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'));
    this.#sources.set(url, source);
    return source;
  }
}
