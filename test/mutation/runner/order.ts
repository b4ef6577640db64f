import { basename } from 'node:path';

/** So many test files are asked about each mutant, and further ones until these milliseconds are spent unmutated. */
const LEAST = 3;
const MOST_MS = 4000;

/** Which test files are asked first about a mutant, so that most mutants cost one file. */
export class Order {
  /** Mutated file → test file → how many mutants it killed. */
  readonly #kills = new Map<string, Map<string, number>>();
  /** Test file → milliseconds unmutated. */
  readonly #times = new Map<string, number>();

  /** Learns how long a test file takes. */
  took(file: string, ms: number): void {
    this.#times.set(file, (this.#times.get(file) ?? 0) + ms);
  }

  /** Learns who killed a mutant. */
  killed(mutated: string, by: string): void {
    const kills = this.#kills.get(mutated) ?? new Map<string, number>();
    this.#kills.set(mutated, kills.set(by, (kills.get(by) ?? 0) + 1));
  }

  /**
   * First those that killed most in this file, then its own tests and its folder's, then the quick ones; as many as
   * may be asked. A mutant that only a further one would notice counts as alive.
   */
  of(files: readonly string[], mutated: string): string[] {
    let spent = 0;
    return this.#ranked(files, mutated).filter((file, index) => {
      spent += this.#times.get(file) ?? 0;
      return index < LEAST || spent <= MOST_MS;
    });
  }

  #ranked(files: readonly string[], mutated: string): string[] {
    const kills = this.#kills.get(mutated);
    const mirrored = mutated.replace(/^lambdas\//, 'test/').replace(/[^/]+$/, '');
    const folder = /core\/(table|aws)\//.test(mutated) ? 'test/contracts/' : mirrored;
    const own = `/${basename(mutated, '.ts')}.test.ts`;
    const rank = (file: string) => [
      -(kills?.get(file) ?? 0),
      file.startsWith(folder) ? (file.endsWith(own) ? 0 : 1) : 2,
      this.#times.get(file) ?? 0,
    ];
    return files
      .map((file) => ({ file, rank: rank(file) }))
      .sort((a, b) => {
        const differing = a.rank.findIndex((value, index) => value !== b.rank[index]);
        return (a.rank[differing] ?? 0) - (b.rank[differing] ?? 0);
      })
      .map(({ file }) => file);
  }
}
