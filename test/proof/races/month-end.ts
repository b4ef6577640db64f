import { setTimeout as sleep } from 'node:timers/promises';
import { lists } from '../../../lambdas/core/table/keys.ts';
import { startCrew, WORKERS } from './crew.ts';
import type { Answer } from './messages.ts';
import type { Result } from './race.ts';
import { post, type Stage } from './stage.ts';

/** Emails a month of the plan "Monthly". */
export const MONTHLY = 100;
/** Midnight in UTC, in which no other zone that the workers are in has one. */
const MIDNIGHT = Date.UTC(2027, 1, 1);
/** Where the workers are: ahead of and behind UTC. */
const ZONES = ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kolkata'];
/** How long before midnight the workers start, in milliseconds: they have to load and to use January up. */
const EARLY = 14_000;

/** What a 429 says, against when the next month begins for a request that was under way from `begun` to `ended`. */
function isRetryTime({ retryAfter, begun, ended }: Answer): boolean {
  const next = (time: number) => (time < MIDNIGHT ? MIDNIGHT : Date.UTC(2027, 2, 1));
  const seconds = Number(retryAfter);
  const fits = (time: number) =>
    Math.abs(seconds - (next(time) - time) / 1000) <= 2 + (ended - begun) / 1000;
  return seconds >= 1 && (fits(begun) || fits(ended));
}

/** Workers of several time zones across the end of a month: each month has its own quota, by UTC. */
export async function monthEndRace(stage: Stage): Promise<Result> {
  const racer = await stage.racer('Monthly');
  const ahead = MIDNIGHT - EARLY - Date.now();
  const clock = () => Date.now() + ahead;
  const crew = startCrew((worker) => ({
    ...stage.environment,
    RACES_CLOCK_AHEAD: String(ahead),
    TZ: ZONES[worker % ZONES.length] ?? 'UTC',
  }));
  const answers: Answer[] = [];
  try {
    const request = post(racer, { to: ['ada@example.org'] });
    let february = 0;
    while (february < 2 * MONTHLY) {
      const turn = Array.from({ length: 4 * WORKERS }, () => request);
      const answered = await crew.doAtOnce(turn);
      answers.push(...answered);
      february += answered.filter(({ begun }) => begun >= MIDNIGHT).length;
      // January was used up long ago: what is still to be seen is midnight.
      if (clock() < MIDNIGHT && answers.length > 3 * MONTHLY) await sleep(250);
    }
  } finally {
    crew.stop();
  }
  const january = await stage.used(racer.account, '2027-01');
  const february = await stage.used(racer.account, '2027-02');
  const emails = await stage.partition(lists.emails(racer.account, 'live'), true);
  const refused = answers.filter(({ status }) => status === 429);
  const odd = refused.filter((answer) => !isRetryTime(answer));
  const violations = [
    ...(january === MONTHLY ? [] : [`January has ${january} of ${MONTHLY}.`]),
    ...(february === MONTHLY ? [] : [`February has ${february} of ${MONTHLY}.`]),
    ...(emails.length === january + february ? [] : [`${emails.length} emails were made.`]),
    ...odd.slice(0, 3).map(({ retryAfter }) => `A 429 says to come back in ${retryAfter} seconds.`),
  ];
  return {
    figures: {
      "across a month's end": `${answers.length} requests, ${january} and ${february} of ${MONTHLY} each month`,
    },
    violations,
  };
}
