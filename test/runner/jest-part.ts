import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Part, runProgram, type Score } from './part.ts';

/** What is read of the report that Jest writes. */
export type JestReport = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Files that could not be run at all. */
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly unknown[];
};

/**
 * Counts a report: what was left out counts as failed, so that nothing is skipped in silence.
 *
 * @param files how many test files should have run
 * @param code Jest's exit code
 */
export function scoreOf(report: JestReport, files: number, code: number | null): Score {
  const missing = Math.max(0, files - report.testResults.length);
  const failed =
    report.numFailedTests +
    report.numPendingTests +
    report.numTodoTests +
    report.numRuntimeErrorTestSuites +
    missing;
  // Jest may fail for a reason that is no test's.
  return { passed: report.numPassedTests, failed: code === 0 ? failed : Math.max(1, failed) };
}

/**
 * Test files, each of whose tests is a check.
 *
 * @param processes that run files side by side
 */
export function jestPart(name: string, files: readonly string[], processes = 2): Part {
  return {
    name,
    run: async () => {
      const directory = await mkdtemp(join(tmpdir(), 'maillayer-tests-'));
      const output = join(directory, 'report.json');
      try {
        const workers = ['--maxWorkers', String(processes)];
        const report = ['--ci', '--json', '--outputFile', output];
        const args = [...workers, ...report, '--runTestsByPath', ...files];
        const code = await runProgram(
          'node_modules/jest/bin/jest.js',
          args,
          '--experimental-vm-modules',
        );
        const told = JSON.parse(await readFile(output, 'utf8')) as JestReport;
        return scoreOf(told, files.length, code);
      } finally {
        await rm(directory, { recursive: true });
      }
    },
  };
}
