import { globSync } from 'node:fs';
import { sep } from 'node:path';
import { type PartResult, ROOT, runPrograms } from './part.ts';

const BIOME = 'node_modules/@biomejs/biome/bin/biome';
const TSC = 'node_modules/typescript/bin/tsc';
const CI = [BIOME, 'ci', '--error-on-warnings'] as const;

/** Form, lint and types: what needs no test file. */
export const STATIC_PARTS: readonly (() => Promise<PartResult>)[] = [
  () => runPrograms('format', [...CI, '--linter-enabled=false', '--assist-enabled=false']),
  () => runPrograms('lint', [...CI, '--formatter-enabled=false']),
  () => runPrograms('types', [TSC, '--noEmit']),
  () =>
    runPrograms(
      'types of the dashboard',
      ['dashboard/build.ts', '--types'],
      [TSC, '--noEmit', '-p', 'dashboard'],
    ),
];

/**
 * The test files that take longest, longest first, by the list that the run ends with. Without times of an earlier run Jest
 * begins with the file of most bytes; a short file that takes long would then be left to the end, for one process alone.
 */
export const LONGEST: readonly string[] = [
  'test/proof/explorer/explorer.test.ts',
  'test/browser/accessibility.test.ts',
  'test/faults/kill.test.ts',
  'test/faults/pause.test.ts',
  'test/proof/privacy/privacy.test.ts',
  'test/proof/soak/soak.test.ts',
  'test/proof/races/races.test.ts',
  'test/e2e/ses-errors.test.ts',
  'test/browser/new-user.test.ts',
  'test/faults/rate.test.ts',
  'test/proof/input/input.test.ts',
  'test/record-event/mutations.test.ts',
  'test/local/start.test.ts',
  'test/infra/command-line.test.ts',
  'test/readme.test.ts',
  'test/record-event/orders.test.ts',
];

/** Folders of `test/` that are a part of their own; all others hold the tests of one function each. */
const FOLDERS: readonly string[] = [
  ...['house', 'core', 'contracts', 'bin', 'infra', 'local', 'openapi', 'scope', 'dashboard'],
  ...['faults', 'proof', 'mutation', 'e2e', 'browser', 'examples'],
];

/** A test file's part; what lies beside these folders is part of the house. */
export function partOf(file: string): string {
  const [, folder = '', ...rest] = file.split('/');
  if (rest.length === 0) return 'house';
  return FOLDERS.includes(folder) ? folder : 'functions';
}

/** All test files, with `/` between the folders: a new one needs no entry anywhere. */
export function testFiles(): string[] {
  return globSync('test/**/*.test.ts', { cwd: ROOT, exclude: ['**/node_modules'] })
    .map((file) => file.split(sep).join('/'))
    .sort();
}

/** Tests of rules only: no table, no network, no other process. The rule of imports is one of them. */
export const isPure = (file: string) =>
  /^test\/core\/(?!table|aws|net)/.test(file) || file === 'test/house/floors.test.ts';
