import type { Report, Say } from '../proof.ts';
import { SIZES } from '../sizes.ts';
import { startCrew } from './crew.ts';
import { domainRace, FEW } from './domains.ts';
import { idempotencyRace } from './idempotency.ts';
import { MONTHLY, monthEndRace } from './month-end.ts';
import { QUOTA, quotaRace, quotaRaceAmidKills } from './quota.ts';
import type { Result } from './race.ts';
import { RATE, rateRace } from './rate.ts';
import { openStage, planWith } from './stage.ts';

const PLANS = {
  Unlimited: planWith({}),
  Paced: planWith({ requestsPerSecond: RATE }),
  Measured: planWith({ emailsPerMonth: QUOTA }),
  Monthly: planWith({ emailsPerMonth: MONTHLY }),
  Few: planWith({ domains: FEW }),
};

/** Many at once where only one, or only so many, may come in: 16 worker processes on one table. */
export async function prove(say: Say): Promise<Report> {
  const { rounds, rateRequests, quotaRounds, kills, errors, domainRounds } = SIZES.races;
  const stage = await openStage(PLANS);
  const crew = startCrew(() => stage.environment);
  const ground = { stage, crew };
  const results: Result[] = [];
  const race = async (name: string, run: () => Promise<Result>) => {
    const result = await run();
    results.push(result);
    const how = result.violations.length === 0 ? 'held' : result.violations.join(' ');
    say(`${name}: ${how}`);
  };
  try {
    await race('one idempotency key', () => idempotencyRace(ground, rounds));
    await race('rate', () => rateRace(ground, rateRequests));
    for (let i = 0; i < quotaRounds; i += 1) await race('quota', () => quotaRace(ground));
    await race('quota amid kills', () => quotaRaceAmidKills(ground, { kills, errors }));
    await race('domains', () => domainRace(ground, domainRounds));
    await race("month's end", () => monthEndRace(stage));
  } finally {
    crew.stop();
    await stage.stop();
  }
  return {
    figures: Object.assign({}, ...results.map(({ figures }) => figures)),
    violations: results.flatMap(({ violations }) => violations),
  };
}
