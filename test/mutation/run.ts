/**
 * Mutation tests of `lambdas/core`: `npm run mutation`, or `npm run mutation -- email webhook` for some folders of it.
 * Every folder is mutated by itself, so that only the tests that reach it are run; what is known of unchanged code from
 * an earlier run counts again. Exits non-zero below the score that is asked for.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ROOT, runProgram } from '../runner/part.ts';
import { add, type MutationReport, nothing, percentOf, type Score, scoreOf } from './score.ts';

/** Of all mutants that can run, so many in a hundred must be noticed (issue: 85). */
const LEAST = 85;
const STRYKER = 'node_modules/@stryker-mutator/core/bin/stryker.js';
const OUTPUT = join(ROOT, 'dist', 'mutation');

async function mutate(folder: string): Promise<Score> {
  const report = join(OUTPUT, `${folder}.json`);
  const config = JSON.parse(readFileSync(join(import.meta.dirname, 'stryker.config.json'), 'utf8'));
  const file = join(OUTPUT, `${folder}.config.json`);
  writeFileSync(
    file,
    JSON.stringify({
      ...config,
      mutate: [`lambdas/core/${folder}/**/*.ts`],
      jsonReporter: { fileName: report },
      incrementalFile: join(OUTPUT, `${folder}.known.json`),
      concurrency: Number(process.env.MAILLAYER_MUTATION_PROCESSES ?? availableParallelism()),
    }),
  );
  const code = await runProgram(STRYKER, ['run', file]);
  if (code !== 0) throw new Error(`Stryker ended with ${code} over lambdas/core/${folder}.`);
  return scoreOf(JSON.parse(readFileSync(report, 'utf8')) as MutationReport);
}

const folders = process.argv.slice(2);
const all = readdirSync(join(ROOT, 'lambdas', 'core')).sort();
const unknown = folders.filter((folder) => !all.includes(folder));
if (unknown.length > 0) {
  console.error(`No such folder: ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(1);
}
mkdirSync(OUTPUT, { recursive: true });
const total = nothing();
const rows: Record<string, object> = {};
for (const folder of folders.length > 0 ? folders : all) {
  const score = await mutate(folder);
  rows[folder] = { ...score, percent: percentOf(score) };
  add(total, score);
}
console.table({ ...rows, total: { ...total, percent: percentOf(total) } });
const words = `${percentOf(total)} % of ${total.mutants} mutants were noticed; ${LEAST} % are asked for.`;
console.log(words);
process.exitCode = percentOf(total) >= LEAST ? 0 : 1;
