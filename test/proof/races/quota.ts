import { lists } from '../../../lambdas/core/table/keys.ts';
import type { Answer, Request } from './messages.ts';
import { type Ground, type Result, statusesOf } from './race.ts';
import { post, type Racer } from './stage.ts';

/** Emails a month of the plan "Measured", and how many the race asks for beyond that, as a factor. */
export const QUOTA = 500;
const DEMAND = 1.5;
/** Requests that a worker has under way at once. */
const BATCH = 4;

const month = () => new Date().toISOString().slice(0, 7);

/** Emails to one, two and three recipients, in turn: so the last room is smaller than some of them. */
function demand(racer: Racer): Request[] {
  const requests: Request[] = [];
  for (let wanted = 0; wanted < QUOTA * DEMAND; wanted += (requests.length % 3) + 1) {
    const size = (requests.length % 3) + 1;
    const to = Array.from({ length: size }, (_, i) => `r${i}@example.org`);
    requests.push(post(racer, { to }));
  }
  return requests;
}

const sizeOf = ({ body }: Request) => (body as { to: string[] }).to.length;

function problems(
  requests: readonly Request[],
  answers: readonly Answer[],
  used: number,
): string[] {
  // Nothing is ever given back here: what was refused would not fit into what is left now, either.
  const unjust = requests.filter(
    (request, i) => answers[i]?.status === 429 && used + sizeOf(request) <= QUOTA,
  );
  return [
    ...(used > QUOTA ? [`${used} emails were charged of ${QUOTA}.`] : []),
    ...(unjust.length > 0 ? [`${unjust.length} were refused that would have fitted.`] : []),
    ...(answers.every(({ status }) => [202, 429, 500].includes(status))
      ? []
      : [statusesOf(answers)]),
  ];
}

/** More emails than the month has: never one above the quota, and none refused that would have fitted. */
export async function quotaRace({ stage, crew }: Ground): Promise<Result> {
  const racer = await stage.racer('Measured');
  const requests = demand(racer);
  const answers = await crew.doInTurns(requests);
  const used = await stage.used(racer.account, month());
  const sizeWith = (wanted: number) =>
    requests
      .filter((_, i) => answers[i]?.status === wanted)
      .reduce((sum, request) => sum + sizeOf(request), 0);
  const accepted = sizeWith(202);
  // What a request that ended in a 500 was charged may stay charged.
  const failed = sizeWith(500);
  return {
    figures: {
      'emails asked for, accepted': `${requests.reduce((sum, each) => sum + sizeOf(each), 0)}, ${accepted} of ${QUOTA}`,
    },
    violations: [
      ...problems(requests, answers, used),
      ...(accepted <= used && used <= accepted + failed
        ? []
        : [`${accepted} accepted, ${failed} failed, ${used} charged.`]),
    ],
  };
}

/** The same while workers are killed: what they had charged stays charged, and nothing is free. */
export async function quotaRaceAmidKills(
  { stage, crew }: Ground,
  { kills, errors }: { kills: number; errors: number },
): Promise<Result> {
  const racer = await stage.racer('Measured');
  const requests = demand(racer);
  const batches: Request[][] = [];
  for (let i = 0; i < requests.length; i += BATCH) batches.push(requests.slice(i, i + BATCH));
  const { answers, lost } = await crew.doAmidKills(batches, kills);
  const used = await stage.used(racer.account, month());
  const held = lost.reduce((sum, request) => sum + sizeOf(request), 0);
  const emails = await stage.partition(lists.emails(racer.account, 'live'), true);
  const accepted = answers.filter(({ status }) => status === 202).length;
  const failed = answers.filter(({ status }) => status === 500).length;
  return {
    figures: {
      'with workers killed': `${lost.length / BATCH}; ${used} of ${QUOTA} charged, at most ${held} of it by them; ${failed} answers of 500`,
    },
    violations: [
      ...(used > QUOTA ? [`${used} emails were charged of ${QUOTA}.`] : []),
      ...(emails.length > used ? [`${emails.length} emails, ${used} charged.`] : []),
      ...(emails.length < accepted ? [`${accepted} accepted, ${emails.length} kept.`] : []),
      ...(used + 3 < QUOTA ? [`Only ${used} of ${QUOTA} were given out.`] : []),
      ...(failed <= errors && answers.every(({ status }) => [202, 429, 500].includes(status))
        ? []
        : [statusesOf(answers)]),
      ...(lost.length > 0 ? [] : ['No worker was killed over a request.']),
    ],
  };
}
