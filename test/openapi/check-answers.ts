/**
 * Holds every answer that the tests got from a function against the OpenAPI document, and the document against the answers:
 * each status and each error that it describes must have been seen. Run by `npm test`, after the tests.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences } from './differences.ts';
import { errorsOf, OPERATIONS, responseOf } from './document.ts';
import type { RecordedAnswer } from './recorded-answers.ts';

const folder = process.env.MAILLAYER_ANSWERS ?? '';
const answers = readdirSync(folder)
  .flatMap((file) => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n'))
  .map((line): RecordedAnswer => JSON.parse(line));

const nameOf = (answer: RecordedAnswer) => {
  const { error } = (answer.body ?? {}) as { error?: string };
  return answer.status < 400 ? String(answer.status) : `${answer.status} ${error}`;
};

const problems: string[] = [];
for (const { routeKey, operation } of OPERATIONS) {
  const { operationId } = operation;
  const seen = new Map<string, RecordedAnswer[]>();
  for (const answer of answers.filter((each) => each.routeKey === routeKey)) {
    seen.set(nameOf(answer), [...(seen.get(nameOf(answer)) ?? []), answer]);
    for (const difference of differences(operationId, answer)) {
      problems.push(`${operationId} answers ${answer.status} in "${answer.test}": ${difference}`);
    }
  }
  for (const status of Object.keys(operation.responses).map(Number)) {
    const errors = errorsOf(responseOf(operationId, status) ?? { description: '', headers: {} });
    const described = errors.length > 0 ? errors.map((each) => `${status} ${each}`) : [`${status}`];
    for (const name of described.filter((each) => !seen.has(each))) {
      problems.push(`${operationId} can answer ${name} by the document, and no test saw it`);
    }
  }
}
for (const problem of new Set(problems)) console.error(problem);
console.log(`${answers.length} answers of ${OPERATIONS.length} operations.`);
process.exitCode = problems.length === 0 ? 0 : 1;
