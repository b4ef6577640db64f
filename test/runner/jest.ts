import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { type PartResult, ROOT, runProgram } from './part.ts';
import { testFiles } from './parts.ts';

/** What is read of the report that Jest writes. */
export type JestReport = {
  readonly testResults: readonly {
    /** The file's absolute path. */
    readonly name: string;
    readonly status: 'passed' | 'failed';
    /** Epoch milliseconds. */
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

/** What a file came to; it may have failed without a test that did. */
type FileResult = PartResult & { readonly file: string };

const fileOf = (path: string) => relative(ROOT, path).split(sep).join('/');

/**
 * Counts a report: what was skipped, is to be written, could not be loaded or did not run counts as failed, so that
 * nothing is skipped in silence.
 *
 * @param files that should have run
 */
export function resultsOf(report: JestReport, files: readonly string[]): FileResult[] {
  const byFile = new Map(report.testResults.map((each) => [fileOf(each.name), each]));
  return files.map((file) => {
    const result = byFile.get(file);
    if (!result) return { name: file, file, passed: 0, failed: 1, seconds: 0 };
    const tests = result.assertionResults;
    const passed = tests.filter(({ status }) => status === 'passed').length;
    const failed = tests.length - passed;
    const hasFailed = result.status === 'failed' || tests.length === 0;
    return {
      ...{ name: file, file, passed, failed: hasFailed ? Math.max(1, failed) : failed },
      seconds: (result.endTime - result.startTime) / 1000,
    };
  });
}

/**
 * Runs test files.
 *
 * @returns a result for each of them, and one more where Jest failed for a reason that is no file's
 */
export async function runJest(files: readonly string[]): Promise<FileResult[]> {
  console.log('\n── test files');
  const directory = await mkdtemp(join(tmpdir(), 'maillayer-tests-'));
  const output = join(directory, 'report.json');
  try {
    // One more than there are cores: the tests of faults wait most of their time.
    const workers = String(availableParallelism() + 1);
    const options = ['--ci', '--json', '--outputFile', output];
    const isAll = files.length === testFiles().length;
    // Jest repeats every path that it is given, in one line.
    const paths = isAll ? [] : ['--runTestsByPath', ...files];
    const args = ['--maxWorkers', workers, ...options, ...paths];
    const code = await runProgram(
      'node_modules/jest/bin/jest.js',
      args,
      '--experimental-vm-modules',
    );
    // Without a report nothing has run.
    const report = await readFile(output, 'utf8').catch(() => '{"testResults":[]}');
    const results = resultsOf(JSON.parse(report) as JestReport, files);
    const isExplained = code === 0 || results.some(({ failed }) => failed > 0);
    const unexplained = { name: 'Jest', file: 'Jest', passed: 0, failed: 1, seconds: 0 };
    return isExplained ? results : [...results, unexplained];
  } finally {
    await rm(directory, { recursive: true });
  }
}
