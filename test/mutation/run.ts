/**
 * Mutation tests of `lambdas/core`: `npm run mutation`, or `npm run mutation -- email webhook` for some folders of it.
 * What is known of unchanged code from an earlier run counts again, also from one that was interrupted. Exits non-zero
 * below the score that is asked for.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ROOT, runProgram } from '../runner/part.ts';
import { add, type MutationReport, nothing, percentOf, scoresOf } from './score.ts';

/** Of all mutants that can run, so many in a hundred must be noticed. */
const LEAST = 85;
/** Far more than the whole core takes, on a busy machine too: whoever hangs is ended, so that the run ends. */
const MOST_MINUTES = 600;
/** Stryker is a package of its own, with a lockfile of its own: the project's install does without it. */
const PACKAGE = 'test/mutation/stryker';
const STRYKER = `${PACKAGE}/node_modules/@stryker-mutator/core/bin/stryker.js`;
const OUTPUT = join(ROOT, 'dist', 'mutation');

function installStryker(): void {
  if (existsSync(join(ROOT, STRYKER))) return;
  console.log('Installing Stryker, once.');
  const { status } = spawnSync('npm', ['ci', '--prefix', PACKAGE], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error('Stryker could not be installed: see above.');
}

async function mutate(folders: readonly string[]): Promise<MutationReport> {
  const config = JSON.parse(readFileSync(join(import.meta.dirname, 'stryker.config.json'), 'utf8'));
  const name = folders.length === all.length ? 'all' : folders.join('+');
  const [report, known, file] = ['json', 'known.json', 'config.json'].map((ending) =>
    join(OUTPUT, `${name}.${ending}`),
  ) as [string, string, string];
  writeFileSync(
    file,
    JSON.stringify({
      ...config,
      mutate: folders.map((folder) => `lambdas/core/${folder}/**/*.ts`),
      jsonReporter: { fileName: report },
      incrementalFile: known,
      concurrency: Number(process.env.MAILLAYER_MUTATION_PROCESSES ?? availableParallelism()),
    }),
  );
  const code = await runProgram(STRYKER, ['run', file], '', MOST_MINUTES);
  if (code !== 0) throw new Error(`Stryker ended with ${code}.`);
  return JSON.parse(readFileSync(report, 'utf8')) as MutationReport;
}

const all = readdirSync(join(ROOT, 'lambdas', 'core')).sort();
const asked = process.argv.slice(2);
const unknown = asked.filter((folder) => !all.includes(folder));
if (unknown.length > 0) {
  console.error(`No such folder: ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(1);
}
installStryker();
mkdirSync(OUTPUT, { recursive: true });
const total = nothing();
const rows: Record<string, object> = {};
for (const [folder, score] of scoresOf(await mutate(asked.length > 0 ? asked : all))) {
  rows[folder] = { ...score, percent: percentOf(score) };
  add(total, score);
}
console.table({ ...rows, total: { ...total, percent: percentOf(total) } });
const words = `${percentOf(total)} % of ${total.mutants} mutants were noticed; ${LEAST} % are asked for.`;
console.log(words);
process.exitCode = percentOf(total) >= LEAST ? 0 : 1;
