import { getItems } from '../../../lambdas/core/table/items.ts';
import { keys } from '../../../lambdas/core/table/keys.ts';
import type { Answer } from './messages.ts';
import { type Ground, type Result, statusesOf } from './race.ts';
import { post, type Racer } from './stage.ts';

/** Requests a second of the plan "Paced": so few that a slow machine has more under way. */
export const RATE = 10;

const secondOf = (time: number) => Math.floor(time / 1000);

/** Requests that were counted, by second. */
async function countsOf(
  { stage }: Ground,
  { account }: Racer,
  answers: readonly Answer[],
): Promise<Map<number, number>> {
  const first = secondOf(Math.min(...answers.map(({ begun }) => begun)));
  const last = secondOf(Math.max(...answers.map(({ ended }) => ended)));
  const seconds = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const items = await getItems(
    stage.table,
    seconds.map((second) => keys.requests(account, second)),
  );
  return new Map(items.map(({ pk, used }) => [Number(String(pk).split('#').at(-1)), Number(used)]));
}

/** Whether some second that the request was under way in was used up. */
function wasFull({ begun, ended }: Answer, counts: ReadonlyMap<number, number>): boolean {
  for (let second = secondOf(begun); second <= secondOf(ended); second += 1) {
    if ((counts.get(second) ?? 0) >= RATE) return true;
  }
  return false;
}

/** Far more requests than the plan allows: never more than its rate in a calendar second, and not fewer. */
export async function rateRace(ground: Ground, requests: number): Promise<Result> {
  const racer = await ground.stage.racer('Paced');
  const request = post(racer, { to: ['ada@example.org'] });
  const answers = await ground.crew.doInTurns(Array.from({ length: requests }, () => request));
  const counts = await countsOf(ground, racer, answers);
  const most = Math.max(...counts.values());
  const counted = [...counts.values()].reduce((sum, each) => sum + each, 0);
  const accepted = answers.filter(({ status }) => status === 202).length;
  const failed = answers.filter(({ status }) => status >= 500).length;
  const refused = answers.filter(({ status }) => status === 429);
  const unjust = refused.filter((answer) => !wasFull(answer, counts));
  const violations = [
    ...(most > RATE ? [`${most} requests were admitted in a second of ${RATE}.`] : []),
    // Whether a request that ended in a 500 was counted is open.
    ...(counted >= accepted && counted <= accepted + failed
      ? []
      : [`${accepted} accepted, ${failed} failed, ${counted} counted.`]),
    ...(unjust.length > 0 ? [`${unjust.length} were refused in seconds with room.`] : []),
    ...(answers.every(({ status }) => [202, 429, 500].includes(status))
      ? []
      : [statusesOf(answers)]),
    ...(refused.length > 0 ? [] : ['Nothing was refused: the race is too slow to show anything.']),
  ];
  return {
    figures: {
      'requests against the rate': `${answers.length} (${statusesOf(answers)})`,
      'seconds, the most in one': `${counts.size}, ${most} of ${RATE}`,
    },
    violations,
  };
}
