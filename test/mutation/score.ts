/** What is read of Stryker's report: https://github.com/stryker-mutator/mutation-testing-elements. */
export type MutationReport = {
  readonly files: Readonly<
    Record<string, { readonly mutants: readonly { readonly status: string }[] }>
  >;
};

/** Mutants by what became of them. */
export type Score = {
  /** All that could run. */
  mutants: number;
  killed: number;
  timeout: number;
  survived: number;
  /** Reached by no test. */
  noCoverage: number;
  /** Switched off by a comment or an option; they count as alive. */
  ignored: number;
};

/** No mutants. */
export const nothing = (): Score => ({
  mutants: 0,
  killed: 0,
  timeout: 0,
  survived: 0,
  noCoverage: 0,
  ignored: 0,
});

const NAMES: Readonly<Record<string, keyof Score>> = {
  Killed: 'killed',
  Timeout: 'timeout',
  Survived: 'survived',
  NoCoverage: 'noCoverage',
  Ignored: 'ignored',
};

/** Counts a report; mutants that cannot be compiled or run are none. */
export function scoreOf({ files }: MutationReport): Score {
  const score = nothing();
  for (const { mutants } of Object.values(files)) {
    for (const { status } of mutants) {
      const name = NAMES[status];
      if (!name) continue;
      score[name] += 1;
      score.mutants += 1;
    }
  }
  return score;
}

/** Counts a report by folder of `lambdas/core`. */
export function scoresOf({ files }: MutationReport): Map<string, Score> {
  const byFolder = Map.groupBy(Object.entries(files), ([file]) => file.split('/')[2] ?? '');
  const folders = [...byFolder].sort(([a], [b]) => a.localeCompare(b));
  return new Map(
    folders.map(([folder, entries]) => [folder, scoreOf({ files: Object.fromEntries(entries) })]),
  );
}

/** Adds to a score. */
export function add(to: Score, more: Score): void {
  for (const name of Object.keys(to) as (keyof Score)[]) to[name] += more[name];
}

/** Mutants that were noticed, in a hundred, to one decimal rounded down. */
export function percentOf({ killed, timeout, mutants }: Score): number {
  return mutants === 0 ? 0 : Math.floor((1000 * (killed + timeout)) / mutants) / 10;
}
