/**
 * Runs every check of the project: `npm test`. With `--quick` (`npm run check`) only those that
 * take less than a minute. The last line printed is `N passed, N failed`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runJest } from './runner/jest.ts';
import { measureMachine } from './runner/machine.ts';
import { type PartResult, runPrograms, type Score } from './runner/part.ts';
import { isPure, partOf, STATIC_PARTS, testFiles } from './runner/parts.ts';

const begun = performance.now();
const isQuick = process.argv.includes('--quick');
const SLOWEST_SHOWN = 10;

const words = ({ passed, failed }: Score) => `${passed} passed, ${failed} failed`;
const seconds = (value: number) => `${value.toFixed(1)} s`;

function sum(name: string, results: readonly PartResult[]): PartResult {
  const add = (key: 'passed' | 'failed' | 'seconds') =>
    results.reduce((total, each) => total + each[key], 0);
  return { name, passed: add('passed'), failed: add('failed'), seconds: add('seconds') };
}

const { hashMs, slowness, clockFactor } = await measureMachine();
const speed = `Machine: ${hashMs.toFixed(0)} ms for a hash with scrypt, two side by side`;
console.log(`${speed}. All clocks of the tests run ${clockFactor} times slower.`);
process.env.MAILLAYER_SLOW_CLOCK ??= `${clockFactor}@${Date.now()}`;
process.env.MAILLAYER_SLOW_MACHINE ??= String(slowness);
const answers = mkdtempSync(join(tmpdir(), 'maillayer-answers-'));
process.env.MAILLAYER_ANSWERS = answers;

const parts: PartResult[] = [];
for (const run of STATIC_PARTS) parts.push(await run());
const files = await runJest(testFiles().filter((file) => !isQuick || isPure(file)));
for (const name of new Set(files.map(({ file }) => partOf(file)))) {
  const own = files.filter(({ file }) => partOf(file) === name);
  parts.push(sum(name, own));
}
if (!isQuick) {
  parts.push(await runPrograms('answers of the API', ['test/openapi/check-answers.ts']));
}
rmSync(answers, { recursive: true });

console.log('\nTime of each part; files run side by side, so that their times overlap:');
for (const part of parts) console.log(`  ${part.name}: ${words(part)} (${seconds(part.seconds)})`);
console.log('\nThe slowest files:');
for (const file of files.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST_SHOWN)) {
  console.log(`  ${seconds(file.seconds)}  ${file.name}`);
}
for (const file of files.filter(({ failed }) => failed > 0)) console.log(`FAILED  ${file.name}`);
const total = sum('all', parts);
const size =
  slowness > 1
    ? `a slow or busy machine, so that 1/${slowness} of the random cases ran, of every kind`
    : 'random cases in full number';
const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
console.log(`\n${speed}; ${size}; ${minutes} minutes.`);
console.log(words(total));
process.exitCode = total.failed === 0 ? 0 : 1;
