import { lists } from '../../../lambdas/core/table/keys.ts';
import { startCrew, WORKERS } from './crew.ts';
import type { Answer } from './messages.ts';
import type { Result } from './race.ts';
import { post, type Stage } from './stage.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Emails a month of the plan "Monthly". */
export const MONTHLY = 100;
/** Midnight in UTC, in which no other zone that the workers are in has one. */
const MIDNIGHT = Date.UTC(2027, 1, 1);
/** Where the workers are: ahead of and behind UTC. */
const ZONES = ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kolkata'];
/** How long before midnight the clocks are set once January is used up, in milliseconds: requests are under way then. */
const EARLY = 1500;

/** What a 429 says, against when the next month begins for a request that was under way from `begun` to `ended`. */
function isRetryTime({ retryAfter, begun, ended }: Answer): boolean {
  const next = (time: number) => (time < MIDNIGHT ? MIDNIGHT : Date.UTC(2027, 2, 1));
  const seconds = Number(retryAfter);
  const fits = (time: number) =>
    Math.abs(seconds - (next(time) - time) / 1000) <= 2 + (ended - begun) / 1000;
  return seconds >= 1 && (fits(begun) || fits(ended));
}

/** Workers of some time zones across the end of a month: each month has its own quota, by UTC. */
async function raceIn(zones: readonly string[], stage: Stage) {
  const racer = await stage.racer('Monthly');
  const crew = startCrew((worker) => ({
    ...stage.environment,
    TZ: zones[worker % zones.length] ?? 'UTC',
  }));
  const answers: Answer[] = [];
  const turn = Array.from({ length: 4 * WORKERS }, () => post(racer, { to: ['ada@example.org'] }));
  const take = async () => {
    const answered = await crew.doAtOnce(turn);
    answers.push(...answered);
    return answered;
  };
  try {
    crew.setClock(MIDNIGHT - DAY - Date.now());
    while ((await take()).some(({ status }) => status !== 429));
    crew.setClock(MIDNIGHT - EARLY - Date.now());
    let february = 0;
    while (february < 2 * MONTHLY) {
      february += (await take()).filter(({ begun }) => begun >= MIDNIGHT).length;
    }
  } finally {
    crew.stop();
  }
  return { racer, answers };
}

async function problemsOf(stage: Stage, { racer, answers }: Awaited<ReturnType<typeof raceIn>>) {
  const january = await stage.used(racer.account, '2027-01');
  const february = await stage.used(racer.account, '2027-02');
  const emails = await stage.partition(lists.emails(racer.account, 'live'), true);
  const refused = answers.filter(({ status }) => status === 429);
  const odd = refused.filter((answer) => !isRetryTime(answer));
  const failed = answers.filter(({ status }) => status >= 500).length;
  return [
    ...(january === MONTHLY ? [] : [`January has ${january} of ${MONTHLY}.`]),
    ...(february === MONTHLY ? [] : [`February has ${february} of ${MONTHLY}.`]),
    // A request that ended in a 500 may have been charged, and never the other way round.
    ...(emails.length <= january + february && emails.length + failed >= january + february
      ? []
      : [`${emails.length} emails were made.`]),
    ...odd.slice(0, 3).map(({ retryAfter }) => `A 429 says to come back in ${retryAfter} seconds.`),
  ];
}

/** The race in all time zones, as many at a time as there are workers. */
export async function monthEndRace(stage: Stage): Promise<Result> {
  const violations: string[] = [];
  let requests = 0;
  for (let first = 0; first < ZONES.length; first += WORKERS) {
    const race = await raceIn(ZONES.slice(first, first + WORKERS), stage);
    requests += race.answers.length;
    violations.push(...(await problemsOf(stage, race)));
  }
  return {
    figures: {
      "across a month's end": `${requests} requests from ${ZONES.length} time zones, ${MONTHLY} emails each month`,
    },
    violations,
  };
}
