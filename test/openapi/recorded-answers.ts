import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from './differences.ts';

/** An answer that a test got from a function, as `check-answers.ts` reads it. */
export type RecordedAnswer = Answer & { readonly routeKey: string; readonly test: string };

/** Characters of an answer that is not recorded: reading it again would take longer than it tells. */
const MOST = 100_000;

/**
 * Records an answer in the folder `MAILLAYER_ANSWERS`, which `npm test` sets. Each process writes a file of its own.
 *
 * @param test where it was seen
 */
export function recordAnswer(routeKey: string, answer: Answer, test: string): void {
  const folder = process.env.MAILLAYER_ANSWERS;
  if (folder === undefined) return;
  const recorded: RecordedAnswer = { routeKey, ...answer, test };
  const line = JSON.stringify(recorded);
  if (line.length > MOST) return;
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${line}\n`);
}
