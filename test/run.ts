/**
 * Runs every check of the project: `npm test`. With `--quick` (`npm run check`) only those that
 * take less than a minute. The last line printed is `N passed, N failed`.
 */
import type { Part, Score } from './runner/part.ts';
import { parts } from './runner/parts.ts';

const words = ({ passed, failed }: Score) => `${passed} passed, ${failed} failed`;

async function scoreOf(part: Part): Promise<Score> {
  console.log(`\n── ${part.name}`);
  try {
    return await part.run();
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1 };
  }
}

const lines: string[] = [];
const total = { passed: 0, failed: 0 };
for (const part of parts(process.argv.includes('--quick') ? 'quick' : 'all')) {
  const started = Date.now();
  const score = await scoreOf(part);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const line = `${part.name}: ${words(score)} (${seconds} s)`;
  console.log(line);
  lines.push(line);
  total.passed += score.passed;
  total.failed += score.failed;
}
console.log(`\n${lines.join('\n')}\n\n${words(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;
