import { lists } from '../../../lambdas/core/table/keys.ts';
import { type Ground, type Result, statusesOf } from './race.ts';
import { post } from './stage.ts';

/** Identical posts of one round. */
const POSTS = 100;

/** Rounds of identical posts at once under one idempotency key: one email each, the same bytes for all. */
export async function idempotencyRace({ stage, crew }: Ground, rounds: number): Promise<Result> {
  const racer = await stage.racer('Unlimited');
  const violations: string[] = [];
  let replayed = 0;
  for (let round = 0; round < rounds; round += 1) {
    const request = post(racer, {
      to: [`r${round}@example.org`],
      idempotencyKey: `round ${round}`,
    });
    const answers = await crew.doAtOnce(Array.from({ length: POSTS }, () => request));
    // A machine with too much to do answers 500, and a caller repeats the request under its key.
    for (const [i, { status }] of answers.entries()) {
      if (status !== 500) continue;
      const [repeated] = await crew.doAtOnce([request]);
      if (repeated) answers[i] = repeated;
    }
    const texts = new Set(answers.map(({ text }) => text));
    const firsts = answers.filter((answer) => !answer.replayed).length;
    replayed += POSTS - firsts;
    if (answers.some(({ status }) => status !== 202)) {
      violations.push(`Round ${round} was answered with ${statusesOf(answers)}.`);
    }
    if (texts.size !== 1) violations.push(`Round ${round} was answered in ${texts.size} ways.`);
    if (firsts !== 1) violations.push(`Round ${round} was new to ${firsts} callers.`);
  }
  const emails = await stage.partition(lists.emails(racer.account, 'live'), true);
  if (emails.length !== rounds) violations.push(`${rounds} rounds made ${emails.length} emails.`);
  const used = await stage.used(racer.account, new Date().toISOString().slice(0, 7));
  // Who loses the put gives its unit back.
  if (used !== rounds) violations.push(`${rounds} emails are charged as ${used}.`);
  return {
    figures: {
      'identical posts': `${POSTS} at once, ${rounds} rounds`,
      'emails made': emails.length,
      'answered again with the first answer': replayed,
    },
    violations,
  };
}
