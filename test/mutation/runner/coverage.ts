import type { Group, Suite, Test } from './suite.ts';

type Hits = Record<string, number>;

/** What instrumented code counts: https://stryker-mutator.io/docs/mutation-testing-elements/test-runner-api */
export type Coverage = {
  /** Reached while modules were loaded. */
  static: Hits;
  perTest: Record<string, Hits>;
};

/** What instrumented code and its runner tell each other. */
export type Instrument = {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: Coverage;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
};

/** The one that the code looks for. */
export function instrument(): Instrument {
  const scope = globalThis as { __stryker__?: Instrument };
  scope.__stryker__ ??= {};
  return scope.__stryker__;
}

/** Under which name is counted what a group's hooks reach. */
const hookOf = (file: string, index: number) => `hooks ${index} of ${file}`;

const groupsOf = ({ tests }: Suite) => [...new Set(tests.flatMap(({ groups }) => groups))];

/** The name under which hits are counted from here on. */
export function nameOf(suite: Suite, who: Test | Group): string {
  return 'id' in who ? who.id : hookOf(suite.file, groupsOf(suite).indexOf(who));
}

/** Gives each test also what the hooks of its groups reach. */
export function shareHooks(coverage: Coverage, suite: Suite): void {
  const groups = groupsOf(suite);
  for (const test of suite.tests) {
    for (const group of test.groups) {
      const hits = coverage.perTest[hookOf(suite.file, groups.indexOf(group))] ?? {};
      coverage.perTest[test.id] ??= {};
      const own = coverage.perTest[test.id] ?? {};
      for (const [mutant, count] of Object.entries(hits)) {
        own[mutant] = (own[mutant] ?? 0) + count;
      }
    }
  }
  for (const index of groups.keys()) delete coverage.perTest[hookOf(suite.file, index)];
}
