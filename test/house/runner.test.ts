import { globSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { scoreOf } from '../runner/jest-part.ts';
import { LONGEST, parts, testFolders } from '../runner/parts.ts';

const report = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [{}, {}],
};

describe('the test run', () => {
  it('counts each test', () => {
    expect(scoreOf(report, 2, 0)).toEqual({ passed: 3, failed: 0 });
    expect(scoreOf({ ...report, numFailedTests: 2 }, 2, 1)).toEqual({ passed: 3, failed: 2 });
  });

  it('counts what was skipped, is to be written, could not be loaded or did not run as failed', () => {
    expect(scoreOf({ ...report, numPendingTests: 1 }, 2, 0).failed).toBe(1);
    expect(scoreOf({ ...report, numTodoTests: 1 }, 2, 0).failed).toBe(1);
    expect(scoreOf({ ...report, numRuntimeErrorTestSuites: 1 }, 2, 1).failed).toBe(1);
    expect(scoreOf(report, 3, 0).failed).toBe(1);
  });

  it('counts a failure that is no test’s', () => {
    expect(scoreOf(report, 2, 1).failed).toBe(1);
    expect(scoreOf(report, 2, null).failed).toBe(1);
  });

  it('has every test file in exactly one part', () => {
    const inParts = [...testFolders().values()].flat().sort();
    expect(inParts).toEqual(globSync('test/**/*.test.ts').sort());
  });

  it('begins each part with files that exist', () => {
    expect(globSync('test/**/*.test.ts')).toEqual(expect.arrayContaining([...LONGEST]));
  });

  it('begins with form, lint and types', () => {
    const first = ['format', 'lint and import rules', 'types'];
    for (const extent of ['all', 'quick'] as const) {
      expect(parts(extent).map(({ name }) => name)).toEqual(expect.arrayContaining(first));
    }
  });
});
