import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { resultsOf } from '../runner/jest.ts';
import { ROOT } from '../runner/part.ts';
import { LONGEST, partOf, testFiles } from '../runner/parts.ts';

const FILE = 'test/core/page.test.ts';

const reportOf = (status: 'passed' | 'failed', ...tests: readonly string[]) => ({
  testResults: [
    {
      ...{ name: join(ROOT, FILE), status, startTime: 1000, endTime: 3500 },
      assertionResults: tests.map((each) => ({ status: each })),
    },
  ],
});

const failedOf = (...args: Parameters<typeof reportOf>) => resultsOf(reportOf(...args), [FILE])[0];

describe('the test run', () => {
  it('counts each test of a file, and its time', () => {
    const result = failedOf('failed', 'passed', 'passed', 'failed');
    expect(result).toMatchObject({ passed: 2, failed: 1, seconds: 2.5 });
  });

  it('counts what was skipped or is to be written as failed', () => {
    expect(failedOf('passed', 'passed', 'pending')).toMatchObject({ passed: 1, failed: 1 });
    expect(failedOf('passed', 'todo')).toMatchObject({ passed: 0, failed: 1 });
  });

  it('counts a file that has no test, that cannot be loaded or that did not run as failed', () => {
    expect(failedOf('passed')).toMatchObject({ passed: 0, failed: 1 });
    expect(failedOf('failed')).toMatchObject({ passed: 0, failed: 1 });
    expect(resultsOf({ testResults: [] }, [FILE])).toMatchObject([{ passed: 0, failed: 1 }]);
  });

  it('counts a file that fails outside of its tests as failed', () => {
    expect(failedOf('failed', 'passed')).toMatchObject({ passed: 1, failed: 1 });
  });

  it('runs every test file, and names a part for each', () => {
    expect(testFiles()).toEqual(globSync('test/**/*.test.ts').sort());
    expect(testFiles().map(partOf)).not.toContain('');
  });

  it('begins with files that exist', () => {
    expect(testFiles()).toEqual(expect.arrayContaining([...LONGEST]));
  });
});
