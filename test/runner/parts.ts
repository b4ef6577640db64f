import { globSync } from 'node:fs';
import { sep } from 'node:path';
import { jestPart } from './jest-part.ts';
import { type Part, programPart, ROOT } from './part.ts';

const BIOME = 'node_modules/@biomejs/biome/bin/biome';
const TSC = 'node_modules/typescript/bin/tsc';

/** Form, lint with the import rules, and types: what needs no test file. */
function staticParts(): Part[] {
  const ci = [BIOME, 'ci', '--error-on-warnings'] as const;
  return [
    programPart('format', [...ci, '--linter-enabled=false', '--assist-enabled=false']),
    programPart('lint and import rules', [...ci, '--formatter-enabled=false']),
    programPart('types', [TSC, '--noEmit']),
    programPart(
      'types of the dashboard',
      ['dashboard/build.ts', '--types'],
      [TSC, '--noEmit', '-p', 'dashboard'],
    ),
  ];
}

/** The functions' own tests, which are quick, are one part together. */
const FUNCTIONS = 'functions';

/**
 * Folder of `test/` → its part, in the order of the parts. Faults and proofs wait a lot, each for its own: they are run
 * side by side, more of them than there are cores.
 */
const PARTS: Readonly<Record<string, string>> = {
  house: 'house',
  core: 'core',
  contracts: 'contracts',
  bin: 'bin',
  infra: 'infra',
  local: 'local',
  openapi: 'openapi',
  scope: 'scope',
  dashboard: 'dashboard',
  faults: 'faults and proofs',
  proof: 'faults and proofs',
  mutation: 'mutation',
  e2e: 'e2e',
  browser: 'browser',
};

/** Processes of Jest for a part, where it is not one for each of two cores. */
const PROCESSES: Readonly<Record<string, number>> = { 'faults and proofs': 3 };

/**
 * The test files that take longest, longest first. Without times of an earlier run Jest begins with the file of most bytes;
 * a short file that takes long would then be left to the end, for one process alone.
 */
export const LONGEST: readonly string[] = [
  'test/proof/explorer/explorer.test.ts',
  'test/faults/kill.test.ts',
  'test/browser/accessibility.test.ts',
  'test/proof/privacy/privacy.test.ts',
  'test/faults/pause.test.ts',
  'test/faults/rate.test.ts',
  'test/proof/soak/soak.test.ts',
  'test/proof/races/races.test.ts',
  'test/proof/input/input.test.ts',
  'test/record-event/mutations.test.ts',
  'test/e2e/ses-errors.test.ts',
  'test/local/start.test.ts',
  'test/infra/command-line.test.ts',
  'test/readme.test.ts',
  'test/record-event/orders.test.ts',
];

/** A test file's part; what lies beside this folder is part of the house. */
function partOf(file: string): string {
  const [, folder = '', ...rest] = file.split(sep);
  return rest.length === 0 ? 'house' : (PARTS[folder] ?? FUNCTIONS);
}

const NAMES = [...new Set([...Object.values(PARTS), FUNCTIONS])];
const rank = (name: string) => NAMES.indexOf(name);

/** Test files by part: a new file or folder needs no entry anywhere. */
export function testFolders(): Map<string, string[]> {
  const files = globSync('test/**/*.test.ts', { cwd: ROOT }).sort();
  const names = [...new Set(files.map(partOf))].sort((a, b) => rank(a) - rank(b));
  return new Map(names.map((name) => [name, files.filter((file) => partOf(file) === name)]));
}

/** Rules only: no table, no network, no other process. */
const PURE = /^test.core.(?!table|aws|net)/;

/** Everything, or what is done within a minute. */
export function parts(extent: 'all' | 'quick'): Part[] {
  const folders = testFolders();
  if (extent === 'all') {
    const tests = [...folders].map(([name, files]) => jestPart(name, files, PROCESSES[name]));
    return [...staticParts(), ...tests];
  }
  const pure = [...folders.values()].flat().filter((file) => PURE.test(file));
  return pure.length === 0 ? staticParts() : [...staticParts(), jestPart('rules', pure)];
}
