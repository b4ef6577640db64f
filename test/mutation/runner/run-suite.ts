import { setTimeout as wait } from 'node:timers/promises';
import type { Group, Suite, Test } from './suite.ts';

/** What became of a test. */
export type Outcome = {
  readonly id: string;
  readonly ms: number;
  /** Why it failed. */
  readonly failure?: string;
  /** It did not end in its time. */
  readonly hung?: true;
};

/** How tests are run. */
export type Conditions = {
  /** Nothing more is run after the first failure. */
  readonly bail: boolean;
  /** Milliseconds that a test or a hook may take. */
  timeFor(id: string): number;
  /** Told who runs: a test, or the hooks of a group. */
  onStart(who: Test | Group): void;
};

class Hung extends Error {}

async function within(ms: number, body: () => unknown): Promise<void> {
  const given = new AbortController();
  const late = wait(ms, undefined, { signal: given.signal }).then(
    () => {
      throw new Hung(`did not end within ${ms} ms`);
    },
    () => undefined,
  );
  try {
    await Promise.race([body(), late]);
  } finally {
    given.abort();
  }
}

type Failure = Pick<Outcome, 'failure' | 'hung'>;

function failureOf(error: unknown): Failure {
  const failure = String(error instanceof Error ? error.message : error);
  return error instanceof Hung ? { failure, hung: true } : { failure };
}

async function inTurn(bodies: readonly (() => unknown)[], ms: number): Promise<Failure> {
  for (const body of bodies) {
    try {
      await within(ms, body);
    } catch (error) {
      return failureOf(error);
    }
  }
  return {};
}

async function runTest(test: Test, conditions: Conditions): Promise<Outcome> {
  const start = performance.now();
  conditions.onStart(test);
  const before = test.groups.flatMap(({ beforeEach }) => beforeEach);
  const after = test.groups.toReversed().flatMap(({ afterEach }) => afterEach);
  const ms = conditions.timeFor(test.id);
  const failed = await inTurn([...before, test.body], ms);
  const ending = await inTurn(after, ms);
  return { id: test.id, ms: performance.now() - start, ...ending, ...failed };
}

/** Runs the tests of a file that `wanted` names, or all; each group's hooks are run once. */
export async function runSuite(
  suite: Suite,
  wanted: ReadonlySet<string> | undefined,
  conditions: Conditions,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const open: Group[] = [];
  const hooks = (group: Group, bodies: readonly (() => unknown)[]) => {
    conditions.onStart(group);
    return inTurn(bodies, conditions.timeFor(''));
  };
  const closeTo = async (groups: readonly Group[]) => {
    while (open.length > 0 && groups[open.length - 1] !== open.at(-1)) {
      const group = open.pop();
      if (group) await hooks(group, group.afterAll);
    }
  };
  for (const test of suite.tests) {
    if (wanted && !wanted.has(test.id)) continue;
    await closeTo(test.groups);
    let opening: Failure = {};
    for (const group of test.groups.slice(open.length)) {
      open.push(group);
      opening = { ...(await hooks(group, group.beforeAll)), ...opening };
    }
    const outcome = opening.failure
      ? { id: test.id, ms: 0, ...opening }
      : await runTest(test, conditions);
    outcomes.push(outcome);
    if (outcome.failure !== undefined && conditions.bail) break;
  }
  await closeTo([]);
  return outcomes;
}
