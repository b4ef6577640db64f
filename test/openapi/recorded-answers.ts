import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from './differences.ts';

/** An answer that a test got from a function, as `check-answers.ts` reads it. */
export type RecordedAnswer = Answer & { readonly routeKey: string; readonly test: string };

/** Characters of an answer that is not recorded: reading it again would take longer than it tells. */
const MOST = 100_000;

/** Jest's, where a test runs; processes that tests start have none. */
const jest = globalThis as { readonly expect?: { getState(): Readonly<Record<string, unknown>> } };

/**
 * Records an answer that a test got in the folder `MAILLAYER_ANSWERS`, which `npm test` sets. Each process writes a file of
 * its own. The tests of `core` have routes of their own under the names of real ones, which are not recorded.
 */
export function recordAnswer(routeKey: string, answer: Answer): void {
  const folder = process.env.MAILLAYER_ANSWERS;
  const { testPath, currentTestName } = jest.expect?.getState() ?? {};
  if (folder === undefined || typeof testPath !== 'string' || testPath.includes('/core/')) return;
  const recorded: RecordedAnswer = { routeKey, ...answer, test: String(currentTestName) };
  const line = JSON.stringify(recorded);
  if (line.length > MOST) return;
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${line}\n`);
}
