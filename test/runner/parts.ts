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

/** The folders whose tests come first, in this order; others follow by name. */
const ORDER = [
  'house',
  'core',
  'contracts',
  'core',
  'bin',
  'infra',
  'local',
  'faults',
  'e2e',
  'browser',
];

/** The name of a test file's part: its folder below `test/`, or `house` for what lies beside this one. */
function folderOf(file: string): string {
  const [, folder = '', ...rest] = file.split(sep);
  return rest.length === 0 ? 'house' : folder;
}

const rank = (folder: string) => (ORDER.includes(folder) ? ORDER.indexOf(folder) : ORDER.length);

/** Test files by folder: a new file or folder needs no entry anywhere. */
export function testFolders(): Map<string, string[]> {
  const files = globSync('test/**/*.test.ts', { cwd: ROOT }).sort();
  const folders = [...new Set(files.map(folderOf))].sort((a, b) => rank(a) - rank(b));
  return new Map(folders.map((name) => [name, files.filter((file) => folderOf(file) === name)]));
}

/** Rules only: no table, no network, no other process. */
const PURE = /^test.core.(?!table|aws|net)/;

/** Everything, or what is done within a minute. */
export function parts(extent: 'all' | 'quick'): Part[] {
  const folders = testFolders();
  if (extent === 'all') {
    return [...staticParts(), ...[...folders].map(([name, files]) => jestPart(name, files))];
  }
  const pure = [...folders.values()].flat().filter((file) => PURE.test(file));
  return pure.length === 0 ? staticParts() : [...staticParts(), jestPart('rules', pure)];
}
