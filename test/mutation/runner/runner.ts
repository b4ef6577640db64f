import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Coverage, instrument, nameOf, shareHooks } from './coverage.ts';
import { Imports } from './imports.ts';
import { Modules } from './modules.ts';
import { Order } from './order.ts';
import { type Outcome, runSuite } from './run-suite.ts';
import { collect, type Suite } from './suite.ts';
import { TEST_FILES } from './test-files.ts';

/** What is read of Stryker's options: https://stryker-mutator.io/docs/mutation-testing-elements/test-runner-api */
type MutantRun = {
  readonly testFilter?: readonly string[];
  readonly hitLimit?: number;
  readonly activeMutant: { readonly id: string };
  /** Where the mutant is. */
  readonly sandboxFileName: string;
  readonly mutantActivation: 'runtime' | 'static';
};

/** Left in the sandbox by the process that ran all tests, for those that run mutants. */
const TIMES = 'test-times.json';
/** A test that takes so many milliseconds more than ten times what it took unmutated does not end. */
const PATIENCE = 8000;

const fileOf = (id: string) => id.slice(0, id.indexOf(':'));

/** Runs the tests in this process, over and over; only for mutants that act while modules load are some loaded anew. */
export class InProcessRunner {
  readonly #root = process.cwd();
  readonly #modules = new Modules(this.#root);
  readonly #imports = new Imports(this.#root);
  readonly #suites = new Map<string, Suite>();
  readonly #order = new Order();
  #times: Record<string, number> = {};

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    process.env.NODE_ENV = 'test';
    // What a mutant leaves running may fail long after its test.
    process.on('uncaughtException', () => undefined);
    process.on('unhandledRejection', () => undefined);
    const file = join(this.#root, TIMES);
    if (existsSync(file)) this.#learn(JSON.parse(readFileSync(file, 'utf8')));
    await this.#startTableEngine();
  }

  async dryRun({ files = [] }: { readonly files?: readonly string[] }) {
    const space = instrument();
    const coverage: Coverage = { static: {}, perTest: {} };
    space.mutantCoverage = coverage;
    const outcomes: Outcome[] = [];
    for (const file of this.#testsOf(files.map((path) => relative(this.#root, path)))) {
      const suite = await this.#suite(file);
      const conditions = {
        bail: false,
        timeFor: () => 120_000,
        onStart: (who: Parameters<typeof nameOf>[1]) => {
          space.currentTestId = nameOf(suite, who);
        },
      };
      outcomes.push(...(await runSuite(suite, undefined, conditions)));
      shareHooks(coverage, suite);
    }
    const times = Object.fromEntries(outcomes.map(({ id, ms }) => [id, ms]));
    this.#learn(times);
    writeFileSync(join(this.#root, TIMES), JSON.stringify(times));
    const tests = outcomes.map(({ id, ms, failure }) => ({
      id,
      name: id,
      timeSpentMs: ms,
      fileName: join(this.#root, fileOf(id)),
      ...(failure === undefined ? { status: 0 } : { status: 1, failureMessage: failure }),
    }));
    return { status: 'complete', tests, mutantCoverage: coverage };
  }

  async mutantRun(run: MutantRun) {
    const space = instrument();
    space.hitLimit = run.hitLimit;
    space.hitCount = run.hitLimit === undefined ? undefined : 0;
    const mutated = relative(this.#root, run.sandboxFileName);
    try {
      const result =
        run.mutantActivation === 'runtime'
          ? await this.#runLoaded(mutated, run)
          : await this.#runReloaded(mutated, run);
      const { hitCount = 0, hitLimit = Number.POSITIVE_INFINITY } = space;
      return hitCount > hitLimit ? { status: 'timeout', reason: 'Hit limit reached' } : result;
    } catch (error) {
      return { status: 'error', errorMessage: String(error) };
    } finally {
      space.activeMutant = undefined;
      space.hitLimit = undefined;
      space.hitCount = undefined;
    }
  }

  /** For a mutant that acts when it is called: all is loaded before it is switched on. */
  async #runLoaded(mutated: string, { testFilter = [], activeMutant }: MutantRun) {
    const files = [...new Set(testFilter.map(fileOf))];
    for (const file of files) await this.#suite(file);
    instrument().activeMutant = activeMutant.id;
    return this.#judge(mutated, files, (file) => this.#suite(file), new Set(testFilter));
  }

  /** For one that acts while its module is loaded: whatever it may reach is loaded with it. */
  async #runReloaded(mutated: string, { activeMutant }: MutantRun) {
    instrument().activeMutant = activeMutant.id;
    return this.#modules.reloading(this.#imports.reaching(mutated), () =>
      this.#judge(mutated, this.#testsOf([mutated]), (file) =>
        collect(file, () => this.#modules.load(file)),
      ),
    );
  }

  async #judge(
    mutated: string,
    files: readonly string[],
    load: (file: string) => Promise<Suite>,
    wanted?: ReadonlySet<string>,
  ) {
    let nrOfTests = 0;
    const timeFor = (id: string) => PATIENCE + 10 * (this.#times[id] ?? 0);
    for (const file of this.#order.of(files, mutated)) {
      const conditions = { bail: true, timeFor, onStart: () => undefined };
      const outcomes = await runSuite(await load(file), wanted, conditions);
      nrOfTests += outcomes.length;
      const failed = outcomes.find(({ failure }) => failure !== undefined);
      if (!failed) continue;
      const { id, failure, hung } = failed;
      if (hung) return { status: 'timeout', reason: failure };
      this.#order.killed(mutated, file);
      return { status: 'killed', killedBy: [id], failureMessage: failure, nrOfTests };
    }
    return { status: 'survived', nrOfTests };
  }

  #learn(times: Record<string, number>): void {
    this.#times = times;
    for (const [id, ms] of Object.entries(times)) this.#order.took(fileOf(id), ms);
  }

  /** The test files that import one of the given files. */
  #testsOf(files: readonly string[]): string[] {
    const reaching = new Set(files.flatMap((file) => [...this.#imports.reaching(file)]));
    const all = globSync(TEST_FILES.in, { cwd: this.#root, exclude: [...TEST_FILES.out] });
    return all.filter((file) => reaching.has(file)).sort();
  }

  async #suite(file: string): Promise<Suite> {
    const known = this.#suites.get(file);
    if (known) return known;
    instrument().currentTestId = undefined;
    const suite = await collect(file, () => this.#modules.load(file));
    this.#suites.set(file, suite);
    return suite;
  }

  /** One for all files, each of which makes a table of its own. */
  async #startTableEngine(): Promise<void> {
    const emulator = join(this.#root, 'local', 'emulators', 'table-engine.ts');
    const { startTableEngine } = await import(emulator);
    const directory = await mkdtemp(join(tmpdir(), 'maillayer-mutation-'));
    const { url } = await startTableEngine(directory, () => undefined);
    process.env.MAILLAYER_TEST_DYNAMODB_ENDPOINT = url;
  }
}
